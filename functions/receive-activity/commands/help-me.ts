// A call for help, by anybody of the tenant: an alert like any other, durable before it is answered.

import type { StreamId } from "../../core/aggregate.ts";
import type { Alert } from "../../core/alert.ts";
import { byHub } from "../../core/command.ts";
import { ownerOf } from "../../core/incident/paging/look-up.ts";
import { ownerRequest } from "../../core/incident/paging/names.ts";
import { type Incident, isOver } from "../../core/incident/state.ts";
import { heldStream } from "../../core/limits/held.ts";
import { findNamed } from "../../core/near.ts";
import { line, paragraph } from "../../core/text.ts";
import { callAlert, routeCall } from "../../intake.ts";
import { chatWords } from "../../wording/chat.ts";
import { helpForm, incidentCardOf, titleOf } from "../draw.ts";
import type { House } from "../house.ts";
import { incidentsLooked } from "../meant.ts";
import type { Asked, Command, Told } from "./command.ts";

const longestTitle = 160;
const longestStory = 2_000;
/** An incident is there within moments; nobody waits longer for the answer. */
const looks = 6;
const betweenLooks = 300;

export const helpMe: Command = {
  verb: "help-me",
  words: ["help me", "i need help", "call for help", "mayday", "sos", "something is wrong", "alarm"],
  takes: "words",
  changes: true,
  help: { typed: "help me", does: "has somebody paged for what is wrong" },
  needs: "nobody",
  async run(house, asked) {
    const typed = await typedWish(house, asked.rest);
    const service = asked.filled.service ?? typed?.service;
    const what = asked.filled.synopsis ?? typed?.what ?? asked.rest;
    // Nobody is woken by half a sentence: who, and for what, is confirmed.
    if (service === undefined) return helpForm(house, asked.rest);
    return wanted(house, asked, service, what);
  },
};

/** "help me checkout: cards are declined": a service by its name, and what is wrong. */
async function typedWish({ directory }: House, rest: string) {
  const [, name, what] = /^([^:]{1,60}):\s*(\S[\s\S]*)$/u.exec(rest) ?? [];
  if (name === undefined || what === undefined) return undefined;
  const services = await directory.services();
  const found = findNamed(
    name,
    services.map((service) => ({ id: service.id, names: [service.id, service.name] })),
  );
  return found.outcome === "one" ? { service: found.id, what } : undefined;
}

async function wanted(house: House, asked: Asked, service: string, what: string): Promise<Told> {
  const { id, who } = asked;
  const now = house.clock.now();
  // A service that left the config since the form was drawn is anything else.
  const plan = await house.directory.plan(await serviceNamed(house, service));
  const known = await openOf(house, plan?.service);
  const user = { number: `chat ${who.user}`, known: who.person !== undefined };
  if (known === undefined && !(await house.grantsHelp(id, user))) return held(house, asked);
  const caller = who.person?.name ?? who.name ?? "somebody in the chat";
  const said = line(what, longestTitle);
  const description = paragraph(what, longestStory);
  const alert: Alert = {
    fingerprint: id,
    status: "firing",
    severity: "critical",
    title: line(`Call for help from ${caller}${said === "" ? "" : `: ${said}`}`, longestTitle),
    labels: {},
    since: now,
    ...(description === "" ? {} : { description }),
  };
  const chosen = {
    way: "chat",
    apart: false,
    ...(plan === undefined ? {} : { service: plan.service }),
  } as const;
  await house.alerts.accept([routeCall(alert, await house.directory.routes(), chosen)], now);
  // Where it is not settled yet: what is open of the service is what it joins, as far as anybody can tell.
  const stream = (await incidentOf(house, id)) ?? (await openOf(house, plan?.service));
  if (stream === undefined) return { kind: "done", text: chatWords.helpWanted(plan?.name) };
  const { state } = await house.incidents.load(stream);
  return incidentCardOf(house, asked, stream, state, await soFar(house, asked, stream, state, plan?.name));
}

/** The account opened too many incidents lately: its call pages later, together with others. */
async function held({ heldCalls, clock }: House, { id, who }: Asked): Promise<Told> {
  const person = who.person === undefined ? {} : { person: who.person.id };
  const envelope = byHub("receive-activity", `${id}.hold`, clock.now(), false, id);
  const order = { ...envelope, type: "HoldCall", call: id, ...person } as const;
  const { outcome } = await heldCalls.dispatch(heldStream, order);
  if (outcome !== "done") throw new Error(`${heldStream} did not take a call from the chat`);
  return { kind: "done", text: chatWords.helpHeld };
}

/** The newest one; a drill is not what somebody calls about. */
async function openOf({ openIncidents }: House, service: string | undefined): Promise<StreamId | undefined> {
  const open = await openIncidents.open(incidentsLooked);
  return open.find((each) => each.service === service && !each.drill)?.stream;
}

/** The incident that it opened, or joined. */
async function incidentOf(house: House, id: string): Promise<StreamId | undefined> {
  for (let look = 0; look < looks; look++) {
    const [record] = await house.alerts.read([callAlert(id, "chat")]);
    if (record?.incident !== undefined) return record.incident as StreamId;
    await house.pause(betweenLooks);
  }
  return undefined;
}

/** A form of many services asks for the name of one. */
async function serviceNamed({ directory }: House, said: string): Promise<string> {
  if ((await directory.plan(said)) !== undefined) return said;
  const found = findNamed(
    said,
    (await directory.services()).map(({ id, name }) => ({ id, names: [name] })),
  );
  return found.outcome === "one" ? found.id : said;
}

async function soFar(
  house: House,
  asked: Asked,
  stream: StreamId,
  incident: Incident,
  service: string | undefined,
): Promise<string> {
  const owner = ownerOf(incident.paging.requests[ownerRequest]);
  if (isOver(incident.phase) || owner === undefined) return chatWords.helpWanted(service);
  const names = await house.directory.names([owner]);
  return chatWords.helpKnown(await titleOf(house, asked, stream, incident), names.get(owner));
}
