// Who carried something, and why not the one before.
import type { CarrierName } from "../core/contact.ts";
import type { Detour } from "../core/incident/events.ts";
import { deliveryReasonWords } from "./reasons.ts";
import { capital } from "./words.ts";

interface Taken {
  readonly carrier?: CarrierName;
  readonly detours?: readonly Detour[];
  readonly receipt: string;
}

export const carrierWords: Readonly<Record<CarrierName, string>> = {
  twilio: "Twilio",
  aws: "the second carrier",
};

/** Who took it, and why not the one before. */
export function taken({ carrier, detours = [], receipt }: Taken, what: string): string {
  const by = carrier === undefined ? "the provider" : carrierWords[carrier];
  const why = detours.map((detour) => {
    const other = carrierWords[detour.carrier];
    const reason = deliveryReasonWords(detour.reason);
    switch (detour.how) {
      case "failed":
        return `${other} did not take it (${reason}); `;
      case "uncertain":
        return `${other} may have sent it (${reason}), rather twice than never; `;
      case "passed-over":
        return `${other} is left alone for a while (${reason}); `;
    }
  });
  return capital(`${why.join("")}${by} took ${what} (${receipt}).`);
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
