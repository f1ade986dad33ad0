// Firing alerts of one correlation join the incident that holds it, or open one.
import type { StreamId } from "../core/aggregate.ts";
import type { AlertRecord, Disposition } from "../core/alert.ts";
import { byHub } from "../core/command.ts";
import type { IncidentCommand } from "../core/incident/commands.ts";
import type { AlertSample } from "../core/incident/events.ts";
import { correlationKey } from "../core/incident/paging/names.ts";
import { symptomsListed } from "../core/incident/signal/symptoms.ts";
import { gravestFirst, isWorse } from "../core/severity.ts";
import { longestTitle, symptomOf } from "../core/symptom.ts";
import type { Decisions } from "../decisions.ts";
import type { Tools } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

/** Incidents may close, and others open, while we look; more often than this is a storm for the queue to calm. */
const looks = 8;

type House = PortsOf<"handle-alert"> & Decisions;

export async function join(house: House, firing: readonly AlertRecord[], tools: Tools): Promise<void> {
  const first = firing[0];
  if (first === undefined) return;
  const { clock, claims, incidents, alerts, mint } = house;
  for (let look = 0; look < looks; look++) {
    const held = await claims.holder(correlationKey(first.correlation), clock.now());
    const news = firing.filter((record) => isNews(record, held?.holder));
    if (news.length === 0) return; // handed on again to be sure, and all is well
    const stream: StreamId = held?.holder ?? `incident/${mint.id()}`;
    const dispatched = await incidents.dispatch(stream, order(news, stream, clock.now()));
    if (dispatched.outcome === "yielded") continue;
    if (dispatched.outcome === "refused") {
      if (dispatched.refusal.reason === "incident-closed") continue;
      throw new Error(`Alerts of ${first.correlation} were refused: ${dispatched.refusal.reason}`);
    }
    const opened = dispatched.events.some((event) => event.type === "IncidentOpened");
    await alerts.settle(news.map((record, index) => settlement(record, stream, opened && index === 0)));
    if (dispatched.events.some((event) => event.type === "NobodyReachable")) tools.count("NobodyReachable");
    return;
  }
  throw new Error(`No incident would take the alerts of ${first.correlation} after ${looks} looks`);
}

/**
 * Settled into the incident that is open now: nothing new. Settled into one that has ended: only what was handed on since, for
 * the message by which it was settled may come a second time, and must not open the incident anew.
 */
function isNews({ disposition, passedAt, settledPass }: AlertRecord, holder: StreamId | undefined): boolean {
  if (disposition === undefined || disposition.kind === "suppressed") return true;
  return disposition.incident !== holder && (settledPass === undefined || passedAt > settledPass);
}

function order(news: readonly AlertRecord[], stream: StreamId, at: number): IncidentCommand {
  const lead = news.reduce((a, b) => (isWorse(b.severity, a.severity) ? b : a));
  const { title, severity, since } = sampleOf(lead);
  return {
    ...byHub("handle-alert", `${lead.id}.${lead.revision}`, at, lead.drill),
    type: "JoinAlerts",
    service: lead.service,
    correlation: lead.correlation,
    source: lead.source,
    title,
    severity,
    since,
    count: news.filter(({ incident }) => incident !== stream).length,
    samples: samplesOf(news),
  };
}

/** One of each symptom, the gravest first. */
function samplesOf(news: readonly AlertRecord[]): readonly AlertSample[] {
  const each = new Map<string, AlertSample>();
  for (const record of news.toSorted(gravestFirst)) {
    const symptom = symptomOf(record.title);
    if (!each.has(symptom)) each.set(symptom, sampleOf(record));
  }
  return [...each.values()].slice(0, symptomsListed);
}

const sampleOf = ({ id: alert, title, severity, since }: AlertRecord): AlertSample => ({
  alert,
  title: title.slice(0, longestTitle),
  severity,
  since,
});

const settlement = ({ id, revision, passedAt }: AlertRecord, incident: StreamId, opened: boolean) => {
  const disposition: Disposition = { kind: opened ? "opened" : "joined", incident };
  return { id, revision, passedAt, disposition };
};
