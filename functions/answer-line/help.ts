// A call for help: what it is about, and whether it is known already. From here on it is an alert like any other.
import { incidentId, type StreamId } from "../core/aggregate.ts";
import { chosenKey } from "../core/voice/keypad.ts";
import type { CallScript } from "../core/voice/script.ts";
import { lineWords } from "../wording/line.ts";
import { ask, ending, roundOf, rounds } from "./ask.ts";
import type { LineCall } from "./call.ts";
import type { At, House, LineStep } from "./house.ts";
import { report } from "./report.ts";
import { toTheRoom } from "./room.ts";

const words = lineWords();
const incidentsLooked = 100;
const anythingElse = "9";

export const beginHelp = async (house: House, at: At): Promise<CallScript> =>
  at.call.person === undefined ? confirm(at.call, 1) : askSubject(house, at, 1);

/** A pocket or a dialling machine presses its favourite key, and wakes nobody: this one is another in each call. */
const keyOf = ({ sid }: LineCall): string => chosenKey(`help ${sid}`);

const confirm = (call: LineCall, round: number, ...before: readonly string[]): CallScript =>
  round > rounds
    ? ending(...before, words.nobodyPressed)
    : ask({ speak: [...before, words.confirm(keyOf(call))], to: `sure/${round}` });

export const sure: LineStep = async (house, at) => {
  const { digits } = at.call;
  if (digits === keyOf(at.call)) return askSubject(house, at, 1);
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
  return offer(house, known, chosen.service, 1);
};

/** `about` is the incident, `more` the service and the round. */
export const same: LineStep = async (house, at) => {
  const [service = "", round = ""] = at.more.split(".");
  const { digits } = at.call;
  if (digits === "1") return toTheRoom(house, at.call, `incident/${at.about}`);
  if (digits === "2") return report(house, at, { service, apart: true });
  const known = await openIncidentOf(house, service);
  const next = roundOf(round) + 1;
  // Whoever can't decide is heard: it joins what is known, and people are told.
  if (known === undefined || next > rounds) return report(house, at, { service });
  return offer(house, known, service, next);
};

interface Known {
  readonly stream: StreamId;
  readonly title: string;
  readonly owner?: string;
}

/** The newest one; a drill is not what somebody calls about. */
async function openIncidentOf({ openIncidents }: House, service: string): Promise<Known | undefined> {
  const open = await openIncidents.open(incidentsLooked);
  return open.find((each) => each.service === service && !each.drill);
}

async function offer(
  { directory }: House,
  { stream, title, owner }: Known,
  service: string,
  round: number,
): Promise<CallScript> {
  const commander = owner === undefined ? undefined : (await directory.names([owner])).get(owner);
  return ask({
    speak: [words.same({ title, commander })],
    to: `same/${incidentId(stream)}/${service}.${round}`,
  });
}
