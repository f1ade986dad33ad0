// How the carriers do as a whole, as their breakers have it: an account that is refused is refused for everybody.
import { provider, providerStream, standingOf } from "../core/provider/provider.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { carrierWords, doing } from "../wording/carriers.ts";
import { capital } from "../wording/words.ts";
import type { Finding } from "./finding.ts";

export async function carrierFindings({
  carrierNames,
  journal,
  clock,
}: Pick<PortsOf<"show-readiness">, "carrierNames" | "journal" | "clock">): Promise<readonly Finding[]> {
  const now = clock.now();
  const all = await Promise.all(
    carrierNames.all().map(async (carrier) => {
      const breaker = await streamNow(provider, journal, providerStream(carrier));
      return { carrier, breaker, standing: standingOf(breaker, now) };
    }),
  );
  const byPhone = all.filter(({ carrier }) => carrier !== "teams");
  const noneByPhone = byPhone.every(({ standing }) => standing.name === "resting");
  return all.flatMap(({ carrier, breaker, standing }): readonly Finding[] => {
    if (standing.name === "well" || breaker.name === "closed") return [];
    const isRefused = breaker.reason === "account-refused";
    const isLast = noneByPhone && carrier !== "teams";
    return [
      {
        // An outage passes by itself, and another carrier takes the pages; a refused account does not.
        standing: isRefused || isLast ? "problem" : "warning",
        area: "carriers",
        about: carrier,
        says: `${capital(carrierWords[carrier])} ${doing(breaker, standing, now).replace(/\.$/, "")}${isLast ? ", and there is no other for texts and calls now" : ""}`,
        advice: isRefused
          ? "check the account and its credentials (docs/operator-guide.md), then send a drill"
          : "nothing, if it is down for everybody; send a drill when it is back",
        since: new Date(breaker.since).toISOString(),
      },
    ];
  });
}
