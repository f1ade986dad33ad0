// Something else has joined an incident that somebody has: they are told, once per fold, and less often the longer it goes on.
import { isWorse } from "../../severity.ts";
import type { Instant } from "../../time.ts";
import { toldOfNews } from "../bridge/responders.ts";
import type { Draft } from "../draft.ts";
import type { NoticeKind } from "../events.ts";
import { tellWherever } from "../notices/tell.ts";
import type { Incident, Symptom } from "../state.ts";
import { foldUntil, newsRest, pauseAfter } from "./fold.ts";
import { isFiring } from "./symptoms.ts";

/** When news of what joined is due; undefined while there is none, or nobody to be told. */
export function newsDue(incident: Incident): Instant | undefined {
  const due = toldOfNews(incident).flatMap((person) => {
    const untold = untoldTo(incident, person);
    return untold.length === 0
      ? []
      : [Math.max(foldedUntil(incident, untold), pausedUntil(incident, untold))];
  });
  return due.length === 0 ? undefined : Math.min(...due);
}

/** A full list drops the oldest of equals: who waited for its oldest untold symptom would wait as long as the storm lasts. */
const foldedUntil = ({ signal }: Incident, untold: readonly Symptom[]): Instant =>
  signal.unlisted > 0 ? 0 : foldUntil(Math.min(...untold.map(({ at }) => at)));

/** Tells what has waited for the end of its fold. */
export function tellNews(draft: Draft): void {
  const before = draft.state();
  const { news } = before.signal;
  const now = draft.command.at;
  const round = news === undefined || now - news.toldAt > newsRest ? 1 : news.round + 1;
  for (const person of toldOfNews(before)) {
    const untold = untoldTo(before, person);
    const [first, ...others] = untold;
    if (first === undefined || pausedUntil(before, untold) > now) continue;
    const { title, severity } = first;
    tellWherever(draft, [person], {
      kind: "new-alerts",
      news: { title, severity, more: others.length, round },
    });
  }
}

/** A storm of ever-new titles waits; what is graver than all that was told of last does not. */
function pausedUntil({ signal: { news } }: Incident, untold: readonly Symptom[]): Instant {
  if (news === undefined || untold.some(({ severity }) => isWorse(severity, news.severity))) return 0;
  return news.toldAt + pauseAfter(news.round);
}

/** What fires and joined, or became graver, since this person was paged or told last; the gravest and newest first. */
function untoldTo(incident: Incident, person: string): readonly Symptom[] {
  const since = informedAt(incident, person);
  return incident.signal.symptoms.filter((symptom) => isFiring(symptom) && symptom.at > since);
}

/** A page, and some notices, say what fires when they go out. Whoever took it unasked has seen the incident itself. */
function informedAt({ signal, paging, notices }: Incident, person: string): Instant {
  const pages = Object.values(paging.pages).filter((page) => page.person === person);
  const sent = pages.flatMap(({ deliveries }) => deliveries.filter(({ state }) => state !== "failed"));
  const told = Object.values(notices).filter(
    ({ person: whom, kind, insteadOf }) =>
      whom === person && saysWhatFires.has(kind) && insteadOf === undefined,
  );
  const moments = [...sent, ...told].map(({ at }) => at);
  return Math.max(signal.openedAt, signal.takenAt ?? 0, ...moments);
}

const saysWhatFires: ReadonlySet<NoticeKind> = new Set(["new-alerts", "severity-raised"]);
