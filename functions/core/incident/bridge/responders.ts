// Who works on an incident now. Until there are roles, whoever holds the owner's request is in command of its response.
import type { Actor } from "../../command.ts";
import { staying } from "../paging/look-up.ts";
import { ownerRequest } from "../paging/names.ts";
import { signedIn } from "../roster/present.ts";
import { type Incident, isDeclared, type PageRequest } from "../state.ts";
import { helpSeekerWaits, isInTheRoom } from "./state.ts";

/** Whoever said yes, or "I stay", whoever took it without having been paged, and whoever has arrived. */
export function responders(incident: Incident): readonly string[] {
  const { paging } = incident;
  const pages = Object.values(paging.pages);
  const here = pages.filter(({ state }) => state === "acknowledged" || state === "escalated");
  const taken = Object.values(paging.requests).flatMap((request) => request.taken);
  return [...new Set([...here.map(({ person }) => person), ...taken, ...signedIn(incident)])];
}

/** Responders, and whoever is still being asked. */
export function respondersAndAsked(incident: Incident): readonly string[] {
  const asked = Object.values(incident.paging.pages).filter(({ state }) => state === "open");
  return [...new Set([...responders(incident), ...asked.map(({ person }) => person)])];
}

/** Somebody who called for help is in the room, and nobody who works on it. */
export const helpSeekerIsAlone = (incident: Incident): boolean =>
  helpSeekerWaits(incident.bridge) &&
  !responders(incident).some((person) => isInTheRoom(incident.bridge, person));

/** Whoever asked for the bridge as well: a manager at a desk, or somebody who had declined. */
export function toldOfBridge(incident: Incident): readonly string[] {
  const { askedBy } = incident.bridge;
  return [...new Set([...respondersAndAsked(incident), ...(askedBy === undefined ? [] : [askedBy])])];
}

/** Whoever has it; of a declared incident also whoever stays while more help is paged for: that is no vacancy. */
export const commanderOf = ({ paging, phase }: Incident): string | undefined => {
  const request = paging.requests[ownerRequest];
  if (request?.state.name === "satisfied") return request.state.owner;
  return isDeclared(phase) ? [...staying(paging, ownerRequest)].at(-1) : undefined;
};

/** Whom it concerns that nobody answers a further request: whoever commands, or else whoever asked for it. */
export function toldOfRequest(incident: Incident, { askedBy }: PageRequest): readonly string[] {
  const told = commanderOf(incident) ?? askedBy;
  return told === undefined ? [] : [told];
}

/** News for whoever commands it; while nobody does, for everybody who works on it. */
export function toldOfNews(incident: Incident): readonly string[] {
  const commander = commanderOf(incident);
  return commander === undefined ? responders(incident) : [commander];
}

/** While nobody has it, anybody who may give the order at all is in command: a vacancy must not tie hands. */
export function isInCommand(incident: Incident, actor: Actor): boolean {
  const commander = commanderOf(incident);
  return commander === undefined || commander === actor.id;
}
