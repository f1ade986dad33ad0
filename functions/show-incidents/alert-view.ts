// What became of an alert, for whoever asks by its id.
import type { AlertRecord, LeftOut } from "../core/alert.ts";
import { incident as aggregate } from "../core/incident/aggregate.ts";
import { mayRead } from "../core/incident/sensitive.ts";
import type { Reader } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";

type Deps = Pick<PortsOf<"show-incidents">, "alerts" | "journal">;

export async function alertView(deps: Deps, record: AlertRecord, reader: Reader) {
  const { acceptedAt, passedAt: _ours, since, until, memory, title, ...rest } = record;
  const leftOut = memory?.leftOut ?? [];
  const shown = {
    ...rest,
    since: iso(since),
    acceptedAt: iso(acceptedAt),
    ...(until === undefined ? {} : { until: iso(until) }),
    disposition: record.disposition ?? { kind: "pending" },
    ...(leftOut.length === 0 ? {} : { leftOut: leftOut.map((each) => ({ ...each, ...times(each) })) }),
  };
  if (!(await mayReadAll(deps, record, reader))) {
    // What it is grouped by may say what it is about.
    const { correlation: _correlation, ...redacted } = shown;
    return { ...redacted, title: "An alert of a sensitive incident: only those who work on it see more" };
  }
  const payload = reader.may("see-payloads") ? await deps.alerts.detail(record.id) : undefined;
  return { ...shown, title, ...payload };
}

/** An alert may have belonged to several incidents, one after the other: each of them has to be open to the reader. */
async function mayReadAll({ journal }: Deps, record: AlertRecord, { id }: Reader): Promise<boolean> {
  const { incident, disposition, memory } = record;
  const settled = disposition !== undefined && "incident" in disposition ? disposition.incident : undefined;
  const named = [incident, settled, ...(memory?.leftOut ?? []).map((each) => each.incident)];
  const streams = [...new Set(named.filter((each) => each !== undefined))];
  const states = await Promise.all(
    streams.map((stream) => streamNow(aggregate, journal, stream as `incident/${string}`)),
  );
  return states.every((state) => mayRead(state, id));
}

const iso = (at: number): string => new Date(at).toISOString();

const times = ({ at, since }: LeftOut) => ({
  at: iso(at),
  ...(since === undefined ? {} : { since: iso(since) }),
});
