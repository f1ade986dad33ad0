// Who calls the hub's number, as far as a number can tell. It can be hidden, and it can be forged.
import type { User } from "../core/limits/meter.ts";
import type { Person } from "../core/organisation.ts";
import type { Directory } from "../directory.ts";
import type { DialIn } from "../ports.ts";

export interface LineCall {
  /** The provider's id of the call. */
  readonly sid: string;
  /** The only one in the config who has this number. */
  readonly person: Person | undefined;
  /** Stands for the number where it must not be written down; undefined where it is hidden. */
  readonly digest: string | undefined;
  /** The last four digits; undefined where it is hidden. */
  readonly ending: string | undefined;
  /** The caller hung up: what is answered is not performed any more. */
  readonly isOver: boolean;
  readonly digits: string;
  /** Undefined where nothing was said. */
  readonly recording: string | undefined;
}

// What Twilio shows where there is no number: RESTRICTED, BLOCKED, UNKNOWN, ANONYMOUS and UNAVAILABLE on a keypad.
// https://help.twilio.com/articles/223179988
const hidden = new Set(["+7378742833", "+2562533", "+8656696", "+266696687", "+86282452253"]);

interface Deps {
  readonly directory: Pick<Directory, "peopleByNumber" | "person">;
  readonly dialIn: Pick<DialIn, "callerDigest">;
}

export async function lineCall(
  form: Readonly<Record<string, string>>,
  { directory, dialIn }: Deps,
): Promise<LineCall> {
  const { CallSid: sid = "", From: from = "", Digits: digits = "", RecordingSid: said = "" } = form;
  const number = /^\+\d{7,15}$/.test(from) && !hidden.has(from) ? from : undefined;
  const isForged = failed.test(form["StirVerstat"] ?? "");
  return {
    sid,
    person: number === undefined || isForged ? undefined : await holderOf(number, directory),
    digest: number === undefined ? undefined : await dialIn.callerDigest(number),
    ending: number?.slice(-4),
    isOver: form["CallStatus"] === "completed",
    digits,
    recording: /^RE[0-9a-f]{32}$/.test(said) ? said : undefined,
  };
}

/** The carrier signed the call, and the signature does not fit the number. Most calls are not signed, and say nothing.
 * https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir */
const failed = /^TN-Validation-Failed/i;

/** As the limits count this caller. */
export const userOf = ({ digest, person }: Pick<LineCall, "digest" | "person">): User => ({
  known: person !== undefined,
  ...(digest === undefined ? {} : { number: digest }),
});

/** Of a number that several share nobody can say who calls. */
async function holderOf(
  number: string,
  directory: Pick<Directory, "peopleByNumber" | "person">,
): Promise<Person | undefined> {
  const people = new Set((await directory.peopleByNumber(number)).map(({ person }) => person));
  const [only, ...others] = people;
  return only === undefined || others.length > 0 ? undefined : directory.person(only);
}
