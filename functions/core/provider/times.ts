// All times and shares of a provider's circuit breaker, in one place. docs/decisions/0018-a-second-carrier.md says why.
import { type Duration, minutes, seconds } from "../time.ts";

/** So many failures within so long, whoever was paged, and the provider is taken to be down. */
export const strikesToTrip = 3;
export const strikeWindow: Duration = minutes(1);

/** How long it is left alone; twice as long after each failed probe. */
export const firstRest: Duration = seconds(30);
export const longestRest: Duration = minutes(5);

/** One page at a time is the probe; whoever carries it has given up by then. */
export const probeLasts: Duration = seconds(30);

/** After a probe went well pages come back by and by, each share for so long; then all of them. */
export const comingBack: readonly { readonly share: number; readonly lasts: Duration }[] = [
  { share: 1 / 8, lasts: minutes(1) },
  { share: 1 / 4, lasts: minutes(1) },
  { share: 1 / 2, lasts: minutes(1) },
];
