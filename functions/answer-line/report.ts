// A call for help becomes an alert, durable before the caller waits or speaks: a caller who hangs up from here on is heard.
// Calls beyond the limits open no further incident: they join the one that is open, or are held.
import type { Alert } from "../core/alert.ts";
import { line } from "../core/text.ts";
import type { CallScript } from "../core/voice/script.ts";
import { routeCall } from "../intake.ts";
import { lineWords } from "../wording/line.ts";
import { ending, wait } from "./ask.ts";
import { type LineCall, userOf } from "./call.ts";
import { holdCall, releaseCall } from "./hold.ts";
import type { At, House } from "./house.ts";
import { openIncidentOf } from "./known.ts";

interface About {
  /** Left out for anything else. */
  readonly service?: string;
  /** What is known already is something else. */
  readonly apart?: boolean;
}

const longestTitle = 160;
const words = lineWords();

export async function report(
  house: House,
  { call, tools }: At,
  { service, apart = false }: About,
): Promise<CallScript> {
  const { alerts, clock, directory, meters } = house;
  // A service that left the config between two keys is anything else.
  const plan = service === undefined ? undefined : await directory.plan(service);
  const known = plan === undefined ? undefined : await openIncidentOf(house, plan.service);
  const opensAnother = known === undefined || apart;
  const isGranted = !opensAnother || (await meters.grants("help", call.sid, userOf(call), tools));
  if (!isGranted && known === undefined) {
    await holdCall(house, call);
    return ending(words.held);
  }
  const now = clock.now();
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
  const chosen = { apart: apart && isGranted, ...(plan === undefined ? {} : { service: plan.service }) };
  await alerts.accept([routeCall(alert, await directory.routes(), chosen)], now);
  if (call.person === undefined) await releaseCall(house, call);
  return wait(words.paging, 2, "paged/1");
}

const whoCalls = ({ person, ending: digits }: LineCall): string =>
  person?.name ?? (digits === undefined ? "a hidden number" : `a number ending in ${digits}`);
