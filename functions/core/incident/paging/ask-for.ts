// Somebody in command asks for somebody more: a person, or whoever answers for a service. Each is a request of its own,
// with a policy of its own, and an answer to it satisfies no other.
import type { Decision } from "../../aggregate.ts";
import { usableSteps } from "../../contact.ts";
import type { Policy } from "../../policy.ts";
import { type Duration, minutes } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent, RequestKind } from "../events.ts";
import { refuse } from "../refuse.ts";
import { showLife } from "../roster/show-life.ts";
import { contactOf, requestNow } from "./look-up.ts";
import { nextRequest, ownerRequest } from "./names.ts";
import { startLevel } from "./start-level.ts";

/** So long a person has to answer before others are told. */
const personWithin: Duration = minutes(5);

export function pagePerson(draft: Draft, person: string): Decision<IncidentEvent> {
  const contact = contactOf(draft, person);
  if (isAskedFor(draft, "person", person)) return refuse(draft, "already-asked");
  if (contact === undefined) return refuse(draft, "person-unknown");
  if (usableSteps(contact, "high").length === 0) return refuse(draft, "person-unreachable");
  const owners = requestNow(draft, ownerRequest)?.policy;
  if (owners === undefined) return refuse(draft, "not-yet-open");
  const { catchAll, catchAllEvery, askAfter, resumeAfter } = owners;
  const others = catchAll.filter(({ id }) => id !== person);
  const policy: Policy = {
    id: "person",
    levels: [{ targets: [{ kind: "person", id: person }], within: personWithin }],
    repeats: 0,
    // Whoever did not come is nobody's last resort, unless there is no other.
    catchAll: others.length > 0 ? others : catchAll,
    catchAllEvery,
    askAfter,
    resumeAfter,
  };
  return ask(draft, { kind: "person", about: person, policy });
}

export function pageSubject(draft: Draft, service: string): Decision<IncidentEvent> {
  const { plan } = draft.facts;
  if (isAskedFor(draft, "subject", service)) return refuse(draft, "already-asked");
  if (plan === undefined) return refuse(draft, "service-unknown");
  return ask(draft, { kind: "subject", about: service, aboutName: plan.name, policy: plan.policy });
}

interface Asked {
  readonly kind: Exclude<RequestKind, "owner">;
  readonly about: string;
  readonly aboutName?: string;
  readonly policy: Policy;
}

function ask(draft: Draft, asked: Asked): Decision<IncidentEvent> {
  const request = nextRequest(draft.state().paging);
  // It is a person's order, given now: it rings at once, however small the alarm was.
  draft.add({ type: "RequestOpened", request, quorum: 1, urgency: "high", ...asked });
  startLevel(draft, request, 0, 0, "opened");
  showLife(draft, draft.command.actor.id);
  return draft.decision();
}

const isAskedFor = (draft: Draft, kind: RequestKind, about: string): boolean =>
  Object.values(draft.state().paging.requests).some(
    (request) =>
      request.kind === kind &&
      request.about === about &&
      (request.state.name === "open" || request.state.name === "paused"),
  );
