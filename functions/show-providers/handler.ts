// How the carriers do, as their breakers have it: for the operator, and for the line on the command post.
import { type Breaker, provider, providerStream, standingOf } from "../core/provider/provider.ts";
import type { Instant } from "../core/time.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { notSignedIn, signedIn } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { carrierWords, doing } from "../wording/carriers.ts";
import { capital } from "../wording/words.ts";

export const make =
  ({ journal, clock, carrierNames }: PortsOf<"show-providers">): HttpHandler =>
  async (event) => {
    if (signedIn(event) === undefined) return problemResult(notSignedIn);
    const now = clock.now();
    const providers = await Promise.all(
      carrierNames.all().map(async (carrier) => {
        const state = await streamNow(provider, journal, providerStream(carrier));
        return { id: carrier, name: capital(carrierWords[carrier]), ...seen(state, now) };
      }),
    );
    return jsonResult(200, { providers });
  };

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
