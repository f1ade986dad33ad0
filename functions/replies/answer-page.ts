// Gives the order that a reply stands for, and says in one line what it did.
import type { StreamId } from "../core/aggregate.ts";
import type { Actor } from "../core/command.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import type { IncidentEvent } from "../core/incident/events.ts";
import { afterDecline } from "../core/incident/paging/after-decline.ts";
import type { PageTicket } from "../core/incident/paging/names.ts";
import type { Incident } from "../core/incident/state.ts";
import type { RefusalReason } from "../core/refusal.ts";
import type { Intent } from "../core/reply-words.ts";
import type { Duration } from "../core/time.ts";
import type { Answer, NamedPage } from "../wording/reply-answers.ts";
import type { House } from "./house.ts";

export type Act = Extract<Intent, "acknowledge" | "decline" | "escalate" | "join" | "bridge">;
/** By which way the person answered, and how sure we are that it was that person. */
export type AnsweredBy = Pick<Actor, "via" | "assurance">;

export interface Answerable {
  readonly stream: StreamId;
  readonly ticket: Pick<PageTicket, "page" | "person" | "code">;
}

/** Whether a text changed something; one that is understood may ask for what was done before, or lack its code. */
export type Effect = "acted" | "understood" | "none";

export interface Answered {
  readonly answer: Answer;
  readonly drill: boolean;
  readonly effect: Effect;
}

interface Given {
  readonly act: Act;
  /** Of the order: the same one is carried out once. */
  readonly id: string;
  readonly by?: AnsweredBy;
  /** Of an acknowledgement. */
  readonly arrivingIn?: Duration | undefined;
  /** Set where the answer has to say which page it speaks of. */
  readonly of?: NamedPage | undefined;
}

export async function answerPage(
  house: Pick<House, "incidents" | "directory" | "clock">,
  { stream, ticket }: Answerable,
  { act, id, by = { via: "sms", assurance: "number" }, arrivingIn, of }: Given,
): Promise<Answered> {
  const actor: Actor = { kind: "person", id: ticket.person, ...by };
  const envelope = { id, causeId: id, at: house.clock.now(), actor, drill: false };
  const order = orders[act](ticket.page, arrivingIn);
  const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...order });
  if (dispatched.outcome === "yielded") throw new Error(`${stream} yielded a reply`);
  const { drill } = dispatched.current.state.signal;
  if (dispatched.outcome === "refused") {
    const { reason, by } = dispatched.refusal;
    const names = await house.directory.names(by === undefined ? [] : [by]);
    const answer = refusals(reason, ticket.code, by === undefined ? undefined : names.get(by));
    return { answer, drill, effect: answer.kind === "no-such-page" ? "none" : "understood" };
  }
  const { events } = dispatched;
  const said =
    act === "decline"
      ? await declined(house, dispatched.current.state, ticket, events)
      : answers(act, ticket.person, events, arrivingIn);
  const answer = { ...said, ...(of === undefined ? {} : { of }) };
  return { answer, drill, effect: events.length > 0 ? "acted" : "understood" };
}

async function declined(
  { directory }: Pick<House, "directory">,
  incident: Incident,
  { page, person }: Answerable["ticket"],
  events: readonly IncidentEvent[],
): Promise<Answer> {
  const after = afterDecline(incident, page, events);
  if (after.name !== "owned") return { kind: "passed-on", next: after.name === "next-paged" };
  if (after.by === person) return { kind: "yours", stoodDown: 0 };
  return { kind: "already-answered", by: (await directory.names([after.by])).get(after.by) ?? after.by };
}

function answers(
  act: Exclude<Act, "decline">,
  who: string,
  events: readonly IncidentEvent[],
  arrivingIn: Duration | undefined,
): Answer {
  switch (act) {
    case "acknowledge": {
      // Whoever is here already has promised nothing.
      const promised = events.some((event) => event.type === "ArrivalPromised") ? arrivingIn : undefined;
      if (promised === undefined && events.some((event) => event.type === "AcknowledgementRenewed"))
        return { kind: "still-yours" };
      const others = events.flatMap((event) => (event.type === "PageCancelled" ? [event.person] : []));
      const stoodDown = new Set(others.filter((person) => person !== who)).size;
      return { kind: "yours", stoodDown, ...(promised === undefined ? {} : { arrivingIn: promised }) };
    }
    case "escalate":
      return { kind: "more-help" };
    case "join":
      return { kind: events.length === 0 ? "called-already" : "calling-you" };
    case "bridge":
      return { kind: events.length === 0 ? "bridge-open-already" : "bridge-opened" };
  }
}

function refusals(reason: RefusalReason, code: string, by: string | undefined): Answer {
  switch (reason) {
    case "already-answered":
      return { kind: "already-answered", by: by ?? "somebody" };
    case "incident-closed":
      return { kind: "over" };
    case "page-unknown":
    case "page-not-yours":
    case "incident-unknown":
    case "not-yet-open":
      return { kind: "no-such-page", code };
    case "not-allowed":
    case "not-a-person":
    case "not-in-command":
    case "not-a-responder":
      return { kind: "not-allowed" };
    case "not-invited":
      return { kind: "not-invited" };
    // Of orders that no reply to a page stands for.
    case "already-declared":
    case "not-declared":
    case "already-asked":
    case "person-unknown":
    case "person-unreachable":
    case "service-unknown":
    case "report-empty":
      return { kind: "not-understood" };
    case "called-lately":
      return { kind: "called-lately" };
    case "bridge-not-open":
    case "caller-unknown":
    case "nobody-to-call":
    case "too-many-waiting":
      return { kind: "no-bridge" };
  }
}

const orders: Readonly<Record<Act, (page: string, arrivingIn: Duration | undefined) => IncidentOrder>> = {
  acknowledge: (page, arrivingIn) => ({
    type: "Acknowledge",
    page,
    ...(arrivingIn === undefined ? {} : { arrivingIn }),
  }),
  decline: (page) => ({ type: "Decline", page }),
  escalate: (page) => ({ type: "Escalate", page }),
  join: () => ({ type: "CallIn" }),
  bridge: () => ({ type: "OpenBridge" }),
};
