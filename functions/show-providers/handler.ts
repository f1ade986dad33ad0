// How the carriers do, as their breakers have it, and whom they refuse though they are well: for the operator, and for the
// line on the command post.
import { type Breaker, provider, providerStream, standingOf } from "../core/provider/provider.ts";
import type { Instant } from "../core/time.ts";
import { directory } from "../directory.ts";
import { everybody, refusedNow } from "../everybody.ts";
import { jsonResult } from "../problem.ts";
import { forReaders, type GatedHandler } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { carrierWords, doing } from "../wording/carriers.ts";
import { refusesPeople } from "../wording/refusals.ts";
import { capital } from "../wording/words.ts";

export function make({
  journal,
  clock,
  carrierNames,
  configItems,
  signInSettings,
}: PortsOf<"show-providers">): GatedHandler {
  const people = directory(configItems, clock);
  const deps = { directory: people, signInSettings };

  return forReaders("show-providers", deps, async (event, _, reader) => {
    const now = clock.now();
    // The command post asks every few seconds, and shows outages only: everybody is not read for it.
    const isForAll = event.queryStringParameters?.["refusals"] !== "no" && reader.may("see-readiness");
    const refused = isForAll ? refusedNow(await everybody(people, journal)) : [];
    const providers = await Promise.all(
      carrierNames.all().map(async (carrier) => {
        const { text, ...state } = seen(await streamNow(provider, journal, providerStream(carrier)), now);
        const whom = refused.filter(({ refusal }) => refusal.carrier === carrier);
        const names = [...new Set(whom.map(({ person }) => person.name))];
        return {
          id: carrier,
          name: capital(carrierWords[carrier]),
          ...state,
          text: names.length === 0 ? text : `${text}${refusesPeople(names)}`,
          ...(isForAll ? { refuses: [...new Set(whom.map(({ person }) => person.id))] } : {}),
        };
      }),
    );
    return jsonResult(200, { providers });
  });
}

function seen(breaker: Breaker, now: Instant) {
  const standing = standingOf(breaker, now);
  const text = doing(breaker, standing, now);
  if (standing.name === "well" || breaker.name === "closed") return { state: "well", share: 1, text };
  const iso = (at: Instant) => new Date(at).toISOString();
  return {
    state: standing.name,
    /** Of the pages: how many it is asked to carry first. */
    share: standing.name === "returning" ? standing.share : 0,
    reason: breaker.reason,
    since: iso(breaker.since),
    ...(standing.name === "half-open" ? {} : { until: iso(standing.until) }),
    text,
  };
}
