// A call for help: what it is about, and whether it is known already. From here on it is an alert like any other. A caller
// whose number the config does not know hears the service's name, and nothing else of what goes on there.
import { incidentId } from "../core/aggregate.ts";
import { chosenKey } from "../core/voice/keypad.ts";
import type { CallScript } from "../core/voice/script.ts";
import { lineWords } from "../wording/line.ts";
import { ask, ending, roundOf, rounds } from "./ask.ts";
import type { LineCall } from "./call.ts";
import { holdCall, releaseCall } from "./hold.ts";
import type { At, House, LineStep } from "./house.ts";
import { type Known, openIncidentOf } from "./known.ts";
import { report } from "./report.ts";
import { toTheRoom } from "./room.ts";

const words = lineWords();
const anythingElse = "9";
const noHelpNeeded = "0";

export async function beginHelp(house: House, at: At): Promise<CallScript> {
  if (at.call.person !== undefined) return askSubject(house, at, 1);
  // A caller who finds no key is heard in the end; so is one who hangs up here.
  await holdCall(house, at.call);
  return confirm(at.call, 1);
}

/** A pocket or a dialling machine presses its favourite key, and rings nobody at once: this one is another in each call. */
const keyOf = ({ sid }: LineCall): string => chosenKey(`help ${sid}`);

const confirm = (call: LineCall, round: number, ...before: readonly string[]): CallScript =>
  round > rounds
    ? ending(...before, words.unconfirmed)
    : ask({ speak: [...before, words.confirm(keyOf(call), noHelpNeeded)], to: `sure/${round}` });

export const sure: LineStep = async (house, at) => {
  const { digits } = at.call;
  if (digits === keyOf(at.call)) return askSubject(house, at, 1);
  if (digits === noHelpNeeded) {
    await releaseCall(house, at.call);
    return ending(words.noHelp);
  }
  return confirm(at.call, roundOf(at.about) + 1, ...(digits === "" ? [] : [words.noSuchKey(digits)]));
};

/** Whoever needs help and finds no key is helped all the same. */
async function askSubject(
  house: House,
  at: At,
  round: number,
  ...before: readonly string[]
): Promise<CallScript> {
  const subjects = await house.directory.subjects();
  if (subjects.length === 0 || round > rounds) return report(house, at, {});
  return ask({ speak: [...before, words.subjects(subjects)], to: `subject/${round}` });
}

export const subject: LineStep = async (house, at) => {
  const { digits } = at.call;
  if (digits === anythingElse) return report(house, at, {});
  const subjects = await house.directory.subjects();
  const chosen = /^[1-8]$/.test(digits) ? subjects[Number(digits) - 1] : undefined;
  if (chosen === undefined)
    return askSubject(house, at, roundOf(at.about) + 1, ...(digits === "" ? [] : [words.noSuchKey(digits)]));
  const known = await openIncidentOf(house, chosen.service);
  if (known === undefined) return report(house, at, { service: chosen.service });
  return offer(house, at.call, known, chosen, 1);
};

/** `about` is the incident, `more` the service and the round. */
export const same: LineStep = async (house, at) => {
  const [service = "", round = ""] = at.more.split(".");
  const { digits } = at.call;
  const known = await openIncidentOf(house, service);
  if (digits === "1" && known !== undefined && incidentId(known.stream) === at.about)
    return toTheRoom(house, at, known.stream);
  if (digits === "2") return report(house, at, { service, apart: true });
  const next = roundOf(round) + 1;
  // A caller who can't decide is heard: the call joins what is known, and people are told.
  if (known === undefined || next > rounds) return report(house, at, { service });
  const subjects = await house.directory.subjects();
  const name = subjects.find((each) => each.service === service)?.name ?? service;
  return offer(house, at.call, known, { service, name }, next);
};

async function offer(
  { directory }: House,
  { person }: LineCall,
  { stream, title, owner }: Known,
  { service, name }: { readonly service: string; readonly name: string },
  round: number,
): Promise<CallScript> {
  const to = `same/${incidentId(stream)}/${service}.${round}`;
  if (person === undefined) return ask({ speak: [words.knownService(name)], to });
  const commander = owner === undefined ? undefined : (await directory.names([owner])).get(owner);
  return ask({ speak: [words.same({ title, commander })], to });
}
