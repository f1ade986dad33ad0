// Who carried something, and why not the one before.
import type { CarrierName } from "../core/contact.ts";
import type { Detour } from "../core/incident/events.ts";
import type { Breaker, Standing } from "../core/provider/provider.ts";
import type { Instant } from "../core/time.ts";
import { deliveryReasonWords } from "./reasons.ts";
import { capital, lasting } from "./words.ts";

interface Taken {
  readonly carrier?: CarrierName;
  readonly detours?: readonly Detour[];
  readonly receipt: string;
  /** It was told before that it has it. */
  readonly reported?: true;
}

export const carrierWords: Readonly<Record<CarrierName, string>> = {
  twilio: "Twilio",
  aws: "the second carrier",
  teams: "Teams",
};

/** Who took it, and why not the one before. */
export function taken({ carrier, detours = [], receipt, reported }: Taken, what: string): string {
  const by = carrier === undefined ? "the provider" : carrierWords[carrier];
  const why = detours.map((detour) => {
    const other = carrierWords[detour.carrier];
    const reason = deliveryReasonWords(detour.reason);
    switch (detour.how) {
      case "failed":
        return `${other} did not take it (${reason}); `;
      case "uncertain":
        return `${other} may have sent it (${reason}), better twice than never; `;
      case "passed-over":
        return `${other} is passed over for now (${reason}); `;
    }
  });
  return capital(
    reported === undefined
      ? `${why.join("")}${by} took ${what} (${receipt}).`
      : `${why.join("")}that is why ${by} took ${what}.`,
  );
}

/** What it came to with the others that were asked in the same errand. */
export const besides = ({ detours = [] }: { readonly detours?: readonly Detour[] }): string =>
  detours
    .filter(({ how }) => how !== "passed-over")
    .map(({ carrier, how, reason }) => {
      const came = how === "uncertain" ? "nobody knows either" : "failed as well";
      return ` ${capital(carrierWords[carrier])}: ${came}, ${deliveryReasonWords(reason)}.`;
    })
    .join("");

/** How a carrier does, in a sentence without its name. */
export function doing(breaker: Breaker, standing: Standing, now: Instant): string {
  if (standing.name === "well" || breaker.name === "closed") return "is well.";
  const why = `${deliveryReasonWords(breaker.reason)}, for ${lasting(now - breaker.since)}`;
  switch (standing.name) {
    case "resting":
      return `is passed over for another ${lasting(standing.until - now)} wherever another carrier can take the page (${why}).`;
    case "half-open":
      return `was passed over (${why}); the next page tries it.`;
    case "returning":
      return `is coming back with ${fractions[String(standing.share)] ?? standing.share} of the pages (${why}).`;
  }
}

const fractions: Readonly<Record<string, string>> = {
  "0.125": "an eighth",
  "0.25": "a quarter",
  "0.5": "half",
};
