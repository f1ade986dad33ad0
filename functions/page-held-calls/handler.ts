// Calls for help that were held, and that nothing released, become one alert of the line's first service.
import type { Alert } from "../core/alert.ts";
import type { EventRef } from "../core/bus.ts";
import type { HeldEvent } from "../core/limits/held.ts";
import { directory } from "../directory.ts";
import { routeCall } from "../intake.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { heldCallsTitle } from "../wording/held-calls.ts";

export function make({ clock, journal, alerts, configItems }: PortsOf<"page-held-calls">): QueueHandler {
  const directoryNow = directory(configItems, clock);

  return queue(async (body) => {
    const { stream, version, index } = (body as Envelope<EventRef>).detail;
    const entries = await journal.history(stream, version - 1, 1);
    const event = entries.find((entry) => entry.version === version && entry.index === index)?.event as
      | HeldEvent
      | undefined;
    if (event === undefined) throw new Error(`${stream} has no event at version ${version} yet`);
    if (event.type !== "HeldCallsPaged") return;
    const now = clock.now();
    const names = await directoryNow.names(event.calls.flatMap(({ person }) => person ?? []));
    const alert: Alert = {
      fingerprint: `${stream}.${version}`,
      status: "firing",
      severity: "error",
      title: heldCallsTitle(event.calls, event.more, names),
      labels: {},
      since: now,
    };
    const [first] = await directoryNow.subjects();
    const chosen = { apart: false, ...(first === undefined ? {} : { service: first.service }) };
    await alerts.accept([routeCall(alert, await directoryNow.routes(), chosen)], now);
  });
}
