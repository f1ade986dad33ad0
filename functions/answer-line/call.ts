// Who calls the hub's number, as far as a number can tell. It can be hidden, and it can be forged.
import type { Person } from "../core/organisation.ts";
import { addressDigest } from "../digest.ts";
import type { Directory } from "../directory.ts";

export interface LineCall {
  /** The provider's id of the call. */
  readonly sid: string;
  /** The only one in the config who has this number. */
  readonly person: Person | undefined;
  /** Stands for the number where PINs are counted; undefined where it is hidden. */
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

export async function lineCall(
  form: Readonly<Record<string, string>>,
  directory: Pick<Directory, "peopleByNumber" | "person">,
): Promise<LineCall> {
  const { CallSid: sid = "", From: from = "", Digits: digits = "", RecordingSid: said = "" } = form;
  const number = /^\+\d{7,15}$/.test(from) && !hidden.has(from) ? from : undefined;
  return {
    sid,
    person: number === undefined ? undefined : await holderOf(number, directory),
    digest: number === undefined ? undefined : addressDigest(number),
    ending: number?.slice(-4),
    isOver: form["CallStatus"] === "completed",
    digits,
    recording: /^RE[0-9a-f]{32}$/.test(said) ? said : undefined,
  };
}

/** Of a number that several share nobody can say who calls. */
async function holderOf(
  number: string,
  directory: Pick<Directory, "peopleByNumber" | "person">,
): Promise<Person | undefined> {
  const people = new Set((await directory.peopleByNumber(number)).map(({ person }) => person));
  const [only, ...others] = people;
  return only === undefined || others.length > 0 ? undefined : directory.person(only);
}
