// One incident as the command post shows it: the status is a projection of the timeline, and the timeline is told in words.
import { incidentId, type StreamId } from "../core/aggregate.ts";
import { incident as aggregate } from "../core/incident/aggregate.ts";
import type { IncidentEvent } from "../core/incident/events.ts";
import { ownerOf } from "../core/incident/paging/look-up.ts";
import { ownerRequest } from "../core/incident/paging/names.ts";
import { wasReached } from "../core/incident/paging/progress.ts";
import { mayRead } from "../core/incident/sensitive.ts";
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import { type Incident, isOver, type Page, type Symptom } from "../core/incident/state.ts";
import type { Directory } from "../directory.ts";
import type { HistoryEntry } from "../ports.ts";
import type { Reader } from "../signed-in.ts";
import { readStream } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { deliveryReasonWords } from "../wording/reasons.ts";
import { sentence } from "../wording/timeline.ts";
import { noticeName } from "../wording/timeline-notices.ts";
import { bridgeView, namesOfCalls, peopleOnTheBridge } from "./bridge-view.ts";
import { commandView, peopleInCommand, requestView } from "./command-view.ts";

type House = PortsOf<"show-incidents"> & { readonly directory: Directory };
type Names = ReadonlyMap<string, string>;

const historyPage = 500;
/** The newest so many; a night of storms and failing carriers has more. */
const historyShown = 5000;

/** `reader`: what is offered depends on who looks. */
export async function incidentView(house: House, stream: `incident/${string}`, reader: Reader) {
  const { state, version, history } = await read(house, stream);
  if (version === 0) return undefined;
  const events = history.map(({ event }) => event as IncidentEvent);
  const [names, alerts] = await Promise.all([
    namesOf(house.directory, state, events, reader),
    house.members.count(stream),
  ]);
  const { signal, paging, phase } = state;
  const spoken = spokenOf(state);
  const request = paging.requests[ownerRequest];
  const owner = ownerOf(request);
  return {
    id: incidentId(stream),
    version,
    title: spoken.title,
    /** How many other symptoms fire. */
    more: spoken.more,
    service: signal.service,
    serviceName: signal.serviceName,
    severity: spoken.severity,
    worst: signal.severity,
    urgency: request?.urgency ?? "high",
    phase,
    drill: signal.drill,
    since: iso(spoken.since),
    openedAt: iso(signal.openedAt),
    ...(isOver(phase) ? { endedAt: iso(events.findLast(isEnd)?.at ?? 0) } : {}),
    alerts: Math.max(alerts, signal.alerts),
    ...(owner === undefined ? {} : { owner: { id: owner, name: nameIn(names, owner) } }),
    ...commandView(state, names, reader),
    /** False for a sensitive incident that the reader is not part of. */
    yours: mayRead(state, reader.id),
    ...(request === undefined ? {} : { request: requestView(request, names) }),
    requests: Object.values(paging.requests).map((each) => requestView(each, names)),
    pages: Object.values(paging.pages).map((page) => pageView(page, names, reader)),
    bridge: await bridgeView(house.dialIn, stream, state, names, reader),
    samples: await samplesOf(house, signal.symptoms),
    moreSamples: signal.unlisted,
    timeline: history.map((entry) => line(entry, names, reader)),
  };
}

/** The incident as it is now, however long its timeline, and the newest of that. */
async function read({ journal }: House, stream: StreamId) {
  const { state, loaded } = await readStream(aggregate, journal, stream);
  const { version } = loaded;
  const history: HistoryEntry[] = [];
  // A commit has one event at the least: no more of them are read than may be shown.
  for (let after = Math.max(version - historyShown, 0); after < version; ) {
    const page = await journal.history(stream, after, historyPage);
    history.push(...page.filter((entry) => entry.version <= version));
    after = page.at(-1)?.version ?? version;
  }
  return { state, version, history: history.slice(-historyShown) };
}

/** Names of people, under a page's or a notice's id the name of whom it is for, and under a call's that of whoever calls. */
async function namesOf(
  directory: Directory,
  incident: Incident,
  events: readonly IncidentEvent[],
  reader: Reader,
): Promise<Names> {
  const { paging, bridge } = incident;
  const people = await directory.names([
    ...Object.values(paging.pages).map((page) => page.person),
    ...Object.values(paging.requests).flatMap(({ policy }) =>
      [...policy.levels.flatMap((level) => level.targets), ...policy.catchAll].map((target) => target.id),
    ),
    ...peopleOnTheBridge(bridge),
    ...peopleInCommand(incident),
    ...events.flatMap((event) => (event.by.kind === "person" ? [event.by.id] : [])),
  ]);
  const pages = Object.values(paging.pages).map(
    ({ id, person }) => [id, people.get(person) ?? person] as const,
  );
  const notices = Object.entries(incident.notices).map(
    ([id, { person }]) => [noticeName(id), people.get(person) ?? person] as const,
  );
  return new Map([...people, ...pages, ...notices, ...namesOfCalls(bridge, people, reader)]);
}

/** What comes after it, late reports and refusals, ended nothing. */
const isEnd = ({ type }: IncidentEvent): boolean => type === "IncidentClosed" || type === "IncidentStoodDown";

const pageView = (page: Page, names: Names, reader: Reader) => {
  const { id, request, person, state, code, level, cause, openedAt, deliveries } = page;
  return {
    id,
    request,
    person: { id: person, name: nameIn(names, person) },
    // Silence is told from a page that nothing of arrived.
    state: state === "expired" && !wasReached(page) ? "unreached" : state,
    // Half of an answer in somebody's name.
    ...(reader.may("see-ways-in") ? { code } : {}),
    level,
    cause,
    openedAt: iso(openedAt),
    deliveries: deliveries.map(({ channel, state: fate, at, reason }) => ({
      channel,
      state: fate,
      at: iso(at),
      ...(reason === undefined ? {} : { reason: deliveryReasonWords(reason) }),
    })),
  };
};

/** One alert of each symptom. */
async function samplesOf({ alerts }: House, symptoms: readonly Symptom[]) {
  return Promise.all(
    symptoms.map(async ({ alert, title, severity, since, endedAt }) => {
      const detail = await alerts.detail(alert);
      const { link, labels } = detail ?? {};
      const known = { ...(link === undefined ? {} : { link }), ...(labels === undefined ? {} : { labels }) };
      const ended = endedAt === undefined ? {} : { endedAt: iso(endedAt) };
      return { title, severity, since: iso(since), firing: endedAt === undefined, ...ended, ...known };
    }),
  );
}

const line = ({ version, index, event }: HistoryEntry, names: Names, reader: Reader) => {
  const whole = event as IncidentEvent;
  const told = reader.may("see-ways-in") ? whole : withoutWaysIn(whole);
  return {
    id: `${version}.${index}`,
    at: iso(told.at),
    type: told.type,
    text: sentence(told, names),
    via: told.by.via,
    by: nameIn(names, told.by.id),
  };
};

/** Of a caller's number the last digits stand on the timeline; and a page's code is half of an answer in somebody's name. */
function withoutWaysIn(event: IncidentEvent): IncidentEvent {
  if (event.type === "PageOpened") return { ...event, code: "hidden" };
  if (!("ending" in event)) return event;
  const { ending: _ending, ...rest } = event;
  return rest;
}

const nameIn = (names: Names, id: string): string => names.get(id) ?? id;
const iso = (at: number): string => new Date(at).toISOString();
