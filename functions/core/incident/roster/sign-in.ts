// Somebody has arrived. That keeps the promise to come, and answers whatever that person was asked: who is here has said yes.
import { type Decision, nothing } from "../../aggregate.ts";
import { joinBridge } from "../bridge/join.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { satisfyIfAnswered } from "../paging/answer.ts";
import { requestNow, waitsForAnswer } from "../paging/look-up.ts";
import type { Page } from "../state.ts";
import { isSignedIn } from "./present.ts";
import { showLife } from "./show-life.ts";

export function signIn(draft: Draft): Decision<IncidentEvent> {
  const { id: person } = draft.command.actor;
  if (isSignedIn(draft.state(), person)) return nothing;
  draft.add({ type: "SignedIn", person });
  for (const page of Object.values(draft.state().paging.pages)) {
    if (page.person !== person) continue;
    if (waitsForAnswer(draft.state(), page) || cameAfterAll(draft, page)) arrive(draft, page);
  }
  showLife(draft, person);
  joinBridge(draft, person);
  return draft.decision();
}

function arrive(draft: Draft, { id: page, person, request }: Page): void {
  draft.add({ type: "PageAcknowledged", page, person });
  satisfyIfAnswered(draft, request);
}

/** Whoever declines and comes takes nothing, except where nobody else was asked for: then nobody is rung any more. */
function cameAfterAll(draft: Draft, { state, request, person }: Page): boolean {
  const asked = requestNow(draft, request);
  const byName = asked?.kind === "person" && asked.about === person;
  return byName && asked.state.name === "open" && state === "declined";
}
