// The incident's log, as the chat is told it: what was decided and who answered, not how each message got there. One line
// for each, several in one message.
import type { StreamId } from "../core/aggregate.ts";
import type { IncidentEvent } from "../core/incident/events.ts";
import { line } from "../core/text.ts";
import { type Instant, minutes } from "../core/time.ts";
import type { Directory } from "../directory.ts";
import type { Journal } from "../ports.ts";
import { sentence } from "../wording/timeline.ts";
import { unlinked } from "../wording/unlinked.ts";
import { wallClock } from "../wording/wall-clock.ts";

export const toldEvents: ReadonlySet<IncidentEvent["type"]> = new Set([
  "SeverityRaised",
  "SignalCleared",
  "SignalReturned",
  "AllClearBelieved",
  "IncidentDeclared",
  "IncidentClosed",
  "IncidentStoodDown",
  "LevelStarted",
  "CatchAllPaged",
  "NobodyReachable",
  "PageAcknowledged",
  "PageDeclined",
  "PageEscalated",
  "RequestTaken",
  "RequestPaused",
  "RequestResumed",
  "RequestReopened",
  "ArrivalPromised",
  "SignedIn",
  "CanReported",
  "BridgeOpened",
  "MovedToBridge",
  "ReturnedToChat",
  "BridgeEnded",
] as const satisfies readonly IncidentEvent["type"][]);

export interface LogMessage {
  /** Empty where nothing of it is told. */
  readonly text: string;
  /** Told up to this version. */
  readonly upTo: number;
}

interface Asked {
  readonly stream: StreamId;
  readonly after: number;
  /** What happened later is told later. */
  readonly until: number;
  readonly now: Instant;
  readonly drill: boolean;
  /** The command post's address of the incident. */
  readonly address: string;
}

const historyPage = 200;
const mostLines = 20;
const mostOfALine = 400;
/** Later than this a line says when it was. */
const late = minutes(2);

export async function logMessage(
  { journal, directory }: { journal: Pick<Journal, "history">; directory: Pick<Directory, "names"> },
  asked: Asked,
): Promise<LogMessage> {
  const { events, upTo } = await gathered(journal, asked);
  const names = await directory.names(events.flatMap(peopleIn));
  const lines = events.map((event) => told(event, names, asked.now));
  if (lines.length === 0) return { text: "", upTo };
  const isCut = lines.some((each) => each.endsWith("…"));
  const more = isCut ? [`All of it: ${asked.address}`] : [];
  return { text: [...(asked.drill ? ["DRILL"] : []), ...lines, ...more].join("\n"), upTo };
}

/** Whole commits, so that none is told by halves. */
async function gathered(journal: Pick<Journal, "history">, { stream, after, until }: Asked) {
  const events: IncidentEvent[] = [];
  let upTo = after;
  while (upTo < until) {
    const page = await journal.history(stream, upTo, historyPage);
    for (const { version, event } of page) {
      if (version > until) return { events, upTo: until };
      if (version > upTo && events.length >= mostLines) return { events, upTo };
      upTo = version;
      const happened = event as IncidentEvent;
      if (toldEvents.has(happened.type)) events.push(happened);
    }
    if (page.length === 0) return { events, upTo: until };
  }
  return { events, upTo };
}

function told(event: IncidentEvent, names: ReadonlyMap<string, string>, now: Instant): string {
  const when = now - event.at > late ? `(${wallClock(event.at, now, "UTC")} UTC) ` : "";
  return `${when}${unlinked(line(sentence(event, names), mostOfALine))}`;
}

function peopleIn(event: IncidentEvent): readonly string[] {
  return [
    ...(event.by.kind === "person" ? [event.by.id] : []),
    ...("person" in event && event.person !== undefined ? [event.person] : []),
    ...("people" in event ? event.people : []),
    ...("unreachable" in event ? event.unreachable : []),
  ];
}
