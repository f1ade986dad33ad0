// Long histories of what the hub pages for, of whom and by whom.
import { dynamoJournal } from "../../../functions/adapters/dynamodb/journal.ts";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import type { CarrierName } from "../../../functions/core/contact.ts";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import type { IncidentEvent } from "../../../functions/core/incident/events.ts";
import type { PersonEvent } from "../../../functions/core/person/facts.ts";
import { person } from "../../../functions/core/person/person.ts";
import { type ProviderEvent, provider, providerStream } from "../../../functions/core/provider/provider.ts";
import type { SiteFact } from "../../../functions/core/site/facts.ts";
import { chat, type Site, site } from "../../../functions/core/site/site.ts";
import { streamNow } from "../../../functions/stream-now.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { lengthen, meta, noise } from "./history.ts";

export const ageIncident = (table: LocalTable, stream: StreamId): Promise<void> =>
  lengthen(table, stream, incident, {
    nothingNew: ({ signal }): IncidentEvent => ({
      ...meta,
      at: signal.lastJoinedAt,
      type: "AlertsJoined",
      count: 0,
      samples: [],
    }),
    large: (state) => ({ ...state, signal: { ...state.signal, noise: noise() } }),
  });

export const agePerson = (table: LocalTable, id: string): Promise<void> =>
  lengthen(table, `person/${id}`, person, {
    nothingNew: (): PersonEvent => ({ ...meta, type: "MethodReopened", method: "none", address: "none" }),
    large: (state) => ({
      ...state,
      closed: { ...state.closed, noise: { address: noise(), why: "bounced" } },
    }),
  });

export const ageProvider = (table: LocalTable, carrier: CarrierName): Promise<void> =>
  lengthen(table, providerStream(carrier), provider, {
    nothingNew: (): ProviderEvent => ({ ...meta, type: "ProviderProbed", delivery: "none", until: 0 }),
  });

export const siteState = ({ table: { client, name } }: { readonly table: LocalTable }): Promise<Site> =>
  streamNow(site, dynamoJournal({ client, table: name }), chat);

/** Of a chat that is well, in doubt, or lost. */
export const ageSite = (table: LocalTable): Promise<void> =>
  lengthen(table, chat, site, { nothingNew: (state) => ({ ...meta, ...sameAgain(state) }) });

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
