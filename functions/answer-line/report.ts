// A call for help becomes an alert, durable before the caller waits or speaks: whoever hangs up from here on is heard.
import type { Alert } from "../core/alert.ts";
import { line } from "../core/text.ts";
import type { CallScript } from "../core/voice/script.ts";
import { routeCall } from "../intake.ts";
import { lineWords } from "../wording/line.ts";
import { wait } from "./ask.ts";
import type { LineCall } from "./call.ts";
import type { At, House } from "./house.ts";

interface About {
  /** Left out for anything else. */
  readonly service?: string;
  /** What is known already is something else. */
  readonly apart?: boolean;
}

const longestTitle = 160;

export async function report(
  { alerts, clock, directory }: House,
  { call }: At,
  { service, apart = false }: About,
): Promise<CallScript> {
  const now = clock.now();
  const plan = service === undefined ? undefined : await directory.plan(service);
  const alert: Alert = {
    fingerprint: call.sid,
    status: "firing",
    severity: "critical",
    title: line(
      `Call for help from ${whoCalls(call)}${plan === undefined ? "" : `: ${plan.name}`}`,
      longestTitle,
    ),
    labels: {},
    since: now,
  };
  // A service that left the config between two keys is anything else.
  const chosen = { apart, ...(plan === undefined ? {} : { service: plan.service }) };
  await alerts.accept([routeCall(alert, await directory.routes(), chosen)], now);
  return wait(lineWords().paging, 2, "paged/1");
}

const whoCalls = ({ person, ending }: LineCall): string =>
  person?.name ?? (ending === undefined ? "a hidden number" : `a number ending in ${ending}`);
