// What an alert complains of, whichever host or pod does: titles that differ only in their numbers are one symptom, so that a
// storm of pods is one line, and "Disk 82% full" is no news after "Disk 81% full".
import { hashOf } from "./hash.ts";
import { type AlertSeverity, alertSeverities } from "./severity.ts";

/** A title's own length on the timeline; what follows it tells no symptoms apart. */
export const longestTitle = 160;

/**
 * Each word with a digit in it counts as a number, but for short names (S3, EC2), of which only the number is one; hyphens and
 * slashes separate words, so that `/v1/pay` is not `/v1/refund`.
 */
export const symptomOf = (title: string): string =>
  title
    .slice(0, longestTitle)
    .toWellFormed()
    .toLowerCase()
    .replace(/[\p{L}\p{N}\p{M}_]+/gu, (word) =>
      shortName.test(word) ? word.replace(/\p{N}+/u, "#") : /\p{N}/u.test(word) ? "#" : word,
    )
    .replace(/\s+/g, " ")
    .trim();

const shortName = /^\p{L}{1,3}\p{N}{1,2}\p{L}?$/u;

interface Complaint {
  readonly severity: AlertSeverity;
  readonly title: string;
}

/**
 * Sorts the gravest first, and alerts of one symptom together: the stores keep an incident's firing alerts in this order. Short,
 * as it stands on every record.
 */
export const gravityOf = ({ severity, title }: Complaint): string =>
  `${alertSeverities.length - 1 - alertSeverities.indexOf(severity)}#${hashOf(symptomOf(title)).toString(36)}`;
