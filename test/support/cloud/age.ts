// Gives a stream a long history at once, past the functions and unrecorded: more commits than a snapshot may be behind, and
// a snapshot that needs more than one item. Whoever loads it next has to put all of it together; whoever commits next to it
// has to take a new snapshot and clear away the old one.
import { randomBytes } from "node:crypto";
import { dynamoJournal } from "../../../functions/adapters/dynamodb/journal.ts";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import { hub } from "../../../functions/core/command.ts";
import type { CarrierName } from "../../../functions/core/contact.ts";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import { person } from "../../../functions/core/person/person.ts";
import { provider, providerStream } from "../../../functions/core/provider/provider.ts";
import type { SiteFact } from "../../../functions/core/site/facts.ts";
import { chat, type Site, site } from "../../../functions/core/site/site.ts";
import type { Journal } from "../../../functions/ports.ts";
import { replay, streamNow } from "../../../functions/stream-now.ts";
import type { LocalTable } from "../dynamodb-table.ts";

const commits = 32;
/** Does not get smaller by compression. */
const noise = (): string => randomBytes(400_000).toString("base64");

export async function ageIncident({ client, name }: LocalTable, stream: StreamId): Promise<void> {
  const journal = dynamoJournal({ client, table: name });
  const loaded = await journal.load(stream, incident.schema);
  const { version } = loaded;
  const state = replay(incident, loaded);
  await journal.saveSnapshot(stream, version, incident.schema, {
    ...state,
    signal: { ...state.signal, noise: noise() },
  });
  const nothingNew = { ...meta(state.signal.lastJoinedAt), type: "AlertsJoined", count: 0, samples: [] };
  await append(journal, stream, version, nothingNew, {
    nextDue: incident.nextDue(state),
    epoch: incident.epoch(state),
    summary: incident.summary(state),
    drill: incident.drill(state),
  });
}

export async function agePerson({ client, name }: LocalTable, id: string): Promise<void> {
  const stream: StreamId = `person/${id}`;
  const journal = dynamoJournal({ client, table: name });
  const nothingNew = { ...meta(0), type: "MethodReopened", method: "none", address: "none" };
  const loaded = await journal.load(stream, person.schema);
  const version = loaded.version + 1;
  const state = replay(person, loaded);
  const rest = { nextDue: person.nextDue(state), epoch: 0, summary: undefined, drill: false };
  await append(journal, stream, loaded.version, nothingNew, rest, 1);
  const closed = { ...state.closed, noise: { address: noise(), why: "bounced" } };
  await journal.saveSnapshot(stream, version, person.schema, { ...state, closed });
  await append(journal, stream, version, nothingNew, rest);
}

export async function ageProvider({ client, name }: LocalTable, carrier: CarrierName): Promise<void> {
  const stream = providerStream(carrier);
  const journal = dynamoJournal({ client, table: name });
  const rest = { nextDue: undefined, epoch: 0, summary: undefined, drill: false };
  const nothingNew = { ...meta(0), type: "ProviderProbed", delivery: "none", until: 0 };
  const loaded = await journal.load(stream, provider.schema);
  const version = loaded.version + 1;
  await append(journal, stream, loaded.version, nothingNew, rest, 1);
  const state = replay(provider, loaded);
  await journal.saveSnapshot(stream, version, provider.schema, { ...state, noise: noise() });
  await append(journal, stream, version, nothingNew, rest);
}

export const siteState = ({ table: { client, name } }: { readonly table: LocalTable }): Promise<Site> =>
  streamNow(site, dynamoJournal({ client, table: name }), chat);

/** Of a chat that is well, in doubt, or lost. */
export async function ageSite(table: LocalTable): Promise<void> {
  const journal = dynamoJournal({ client: table.client, table: table.name });
  const loaded = await journal.load(chat, site.schema);
  const version = loaded.version + 1;
  const state = await siteState({ table });
  const nextDue = site.nextDue(state);
  const rest = { nextDue, epoch: 0, summary: undefined, drill: false };
  const again = { ...meta(0), ...sameAgain(state) };
  await append(journal, chat, loaded.version, again, rest, 1);
  await journal.saveSnapshot(chat, version, site.schema, { ...state, noise: noise() });
  await append(journal, chat, version, again, rest);
}

function sameAgain(state: Site): SiteFact {
  switch (state.name) {
    case "well":
      return { type: "DoubtSettled" };
    case "doubted":
      return {
        type: "ProbeFailed",
        reason: "timed-out",
        ...(state.nextAt === undefined ? {} : { nextAt: state.nextAt }),
      };
    case "lost":
      return { type: "SiteLost", since: state.since, reason: "timed-out" };
  }
}

type Rest = Pick<Parameters<Journal["append"]>[0], "nextDue" | "epoch" | "summary" | "drill">;

async function append(
  journal: Journal,
  stream: StreamId,
  version: number,
  event: { readonly type: string },
  rest: Rest,
  count = commits,
): Promise<void> {
  for (let n = 0; n < count; n++) {
    const { outcome } = await journal.append({
      stream,
      expected: version + n,
      events: [event],
      claims: [],
      cause: undefined,
      at: 0,
      ...rest,
    });
    if (outcome !== "committed") throw new Error(`${stream} is not at rest: ${outcome}`);
  }
}

const meta = (at: number) => ({ at, by: hub("test"), causeId: "age", configVersion: "none" });
