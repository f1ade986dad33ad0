// What became of every alert that was accepted, asked of the hub itself and of the phones.
import { sleep } from "../load/clock.ts";
import type { HubTarget } from "../targets/start-hub.ts";
import type { Phones } from "./phones.ts";
import type { Sender } from "./sender.ts";

export interface Verdict {
  readonly accepted: number;
  /** Of those, sent more than once: nobody was told whether the first was taken. */
  readonly sentAgain: number;
  readonly texts: number;
  /** Accepted, and no incident knows of them. */
  readonly withoutIncident: readonly string[];
  /** Accepted, and nobody was paged about them. */
  readonly withoutPage: readonly string[];
  /** Texts beyond the first about one alert. */
  readonly doubled: number;
  /** Deliveries of which the timeline says that nobody knows how far they came. */
  readonly uncertain: number;
  /** Doubled, and the timeline does not say why. */
  readonly unexplained: readonly string[];
}

interface Incident {
  readonly pages: readonly { readonly deliveries: readonly { readonly state: string }[] }[];
  readonly timeline: readonly { readonly type: string }[];
}

interface Alert {
  readonly disposition: { readonly kind: string; readonly incident?: string };
}

const open = new Set(["wanted", "uncertain", "retrying"]);

export async function judged(hub: HubTarget, phones: Phones, sender: Sender): Promise<Verdict> {
  await phones.collect();
  const withoutIncident: string[] = [];
  const withoutPage: string[] = [];
  const unexplained: string[] = [];
  let uncertain = 0;
  for (const { id, mark } of sender.accepted) {
    const incident = await incidentOf(hub, id);
    const doubts = incident?.timeline.filter(({ type }) => type === "DeliveryUncertain").length ?? 0;
    uncertain += doubts;
    if (incident === undefined) withoutIncident.push(mark);
    if (phones.textsAbout(mark) === 0) withoutPage.push(mark);
    if (phones.textsAbout(mark) > 1 + doubts) unexplained.push(mark);
  }
  const { accepted } = sender;
  return {
    accepted: accepted.length,
    sentAgain: accepted.filter(({ unanswered }) => unanswered > 0).length,
    texts: phones.count(),
    withoutIncident,
    withoutPage,
    doubled: accepted.reduce((sum, { mark }) => sum + Math.max(0, phones.textsAbout(mark) - 1), 0),
    uncertain,
    unexplained,
  };
}

async function incidentOf(hub: HubTarget, alert: string): Promise<Incident | undefined> {
  const { disposition } = await hub.get<Alert>(`/api/alerts/${alert}`);
  const id = disposition.incident?.slice("incident/".length);
  return id === undefined ? undefined : hub.get<Incident>(`/api/incidents/${id}`);
}

/** Everybody was paged: the earliest moment at which nothing can be lost any more. */
export async function everybodyPaged(phones: Phones, sender: Sender, within: number): Promise<void> {
  for (const end = Date.now() + within; Date.now() < end; await sleep(200)) {
    await phones.collect();
    if (sender.accepted.every(({ mark }) => phones.textsAbout(mark) > 0)) return;
  }
}

/** No delivery is under way or in doubt any more: nothing more will be sent. */
export async function everythingDecided(hub: HubTarget, sender: Sender, within: number): Promise<void> {
  const end = Date.now() + within;
  for (const { id } of sender.accepted) {
    while (Date.now() < end) {
      const incident = await incidentOf(hub, id);
      const deliveries = incident?.pages.flatMap((page) => page.deliveries) ?? [];
      if (deliveries.length > 0 && deliveries.every(({ state }) => !open.has(state))) break;
      await sleep(500);
    }
  }
}
