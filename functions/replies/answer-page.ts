// Gives the order that a reply stands for, and says in one line what it did.
import type { StreamId } from "../core/aggregate.ts";
import type { Actor } from "../core/command.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import type { IncidentEvent } from "../core/incident/events.ts";
import type { PageTicket } from "../core/incident/paging/names.ts";
import type { RefusalReason } from "../core/refusal.ts";
import type { Intent } from "../core/reply.ts";
import type { Answer } from "../wording/sms.ts";
import type { House } from "./house.ts";

export type Act = Extract<Intent, "acknowledge" | "decline" | "escalate" | "join" | "bridge">;
/** By which way the person answered, and how sure we are that it was that person. */
export type AnsweredBy = Pick<Actor, "via" | "assurance">;

export interface Answerable {
  readonly stream: StreamId;
  readonly ticket: Pick<PageTicket, "page" | "person" | "code">;
}

export interface Answered {
  readonly answer: Answer;
  readonly drill: boolean;
}

export async function answerPage(
  house: Pick<House, "incidents" | "directory" | "clock">,
  { stream, ticket }: Answerable,
  act: Act,
  id: string,
  by: AnsweredBy = { via: "sms", assurance: "number" },
): Promise<Answered> {
  const actor: Actor = { kind: "person", id: ticket.person, ...by };
  const envelope = { id, causeId: id, at: house.clock.now(), actor, drill: false };
  const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...orders[act](ticket.page) });
  if (dispatched.outcome === "yielded") throw new Error(`${stream} yielded a reply`);
  const { drill } = dispatched.current.state.signal;
  if (dispatched.outcome === "refused") {
    const { reason, by } = dispatched.refusal;
    const names = await house.directory.names(by === undefined ? [] : [by]);
    return { answer: refusals(reason, ticket.code, by === undefined ? undefined : names.get(by)), drill };
  }
  return { answer: answers(act, ticket.person, dispatched.events), drill };
}

function answers(act: Act, who: string, events: readonly IncidentEvent[]): Answer {
  switch (act) {
    case "acknowledge": {
      if (events.some((event) => event.type === "AcknowledgementRenewed")) return { kind: "still-yours" };
      const others = events.flatMap((event) => (event.type === "PageCancelled" ? [event.person] : []));
      const stoodDown = new Set(others.filter((person) => person !== who)).size;
      return { kind: "yours", stoodDown };
    }
    case "decline":
      return { kind: "passed-on" };
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
    case "not-in-command":
      return { kind: "not-allowed" };
    // Of orders that no reply to a page stands for.
    case "already-declared":
    case "not-declared":
    case "already-asked":
    case "person-unknown":
    case "person-unreachable":
    case "service-unknown":
    case "report-empty":
      return { kind: "not-understood" };
    case "bridge-not-open":
    case "caller-unknown":
    case "nobody-to-call":
      return { kind: "no-bridge" };
  }
}

const orders: Readonly<Record<Act, (page: string) => IncidentOrder>> = {
  acknowledge: (page) => ({ type: "Acknowledge", page }),
  decline: (page) => ({ type: "Decline", page }),
  escalate: (page) => ({ type: "Escalate", page }),
  join: () => ({ type: "CallIn" }),
  bridge: () => ({ type: "OpenBridge" }),
};
