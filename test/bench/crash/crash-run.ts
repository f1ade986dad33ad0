// The hub is killed again and again, at no chosen moment, while alerts pour in; the phones and the senders live on.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { inFolder } from "../benchmark.ts";
import { sleep } from "../load/clock.ts";
import { marker, organisation } from "../organisation.ts";
import { type HubTarget, intakeOf, startHub } from "../targets/start-hub.ts";
import { startPhones } from "./phones.ts";
import { startSender } from "./sender.ts";
import { everybodyPaged, everythingDecided, judged, type Verdict } from "./verdict.ts";

export interface CrashSettings {
  readonly rounds: number;
  readonly perSecond: number;
  /** Waits until every doubt is settled, which takes a provider's time-out; without it, until everybody was paged. */
  readonly toTheEnd: boolean;
  readonly say?: (line: string) => void;
  /** The longest that the hub lives in one round. */
  readonly longestLife?: number;
}

export interface CrashOutcome extends Verdict {
  readonly kills: number;
  /** Milliseconds from each start after a kill until requests were taken. */
  readonly restarts: readonly number[];
}

const people = 20;
const patience = 90_000;

export const crashRun = ({
  rounds,
  perSecond,
  toTheEnd,
  say = () => undefined,
  longestLife = 1_500,
}: CrashSettings): Promise<CrashOutcome> =>
  inFolder(async (folder, atEnd) => {
    const port = await freePort();
    const hubUrl = `http://127.0.0.1:${port}`;
    const phones = await startPhones(hubUrl);
    atEnd(() => phones.stop());
    const place = { folder: join(folder, "hub"), config: organisation({ people }), port };
    mkdirSync(place.folder);
    const start = () => startHub({ ...place, providerUrl: phones.apiUrl });
    let hub: HubTarget = await start();
    atEnd(() => hub.stop());
    const mark = marker("crash");
    const sender = startSender({ intake: intakeOf(hubUrl), people, perSecond, mark });
    atEnd(() => sender.stop());
    const restarts: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await sender.nextAccepted();
      await sleep(lifeOf(round, longestLife));
      await hub.hub.kill();
      hub = await start();
      restarts.push(hub.hub.startedIn);
      await phones.collect();
      say(`kill ${round + 1}: ${sender.accepted.length} accepted, ${phones.count()} texts`);
    }
    await sender.nextAccepted();
    await sender.stop();
    await everybodyPaged(phones, sender, patience);
    if (toTheEnd) await everythingDecided(hub, sender, patience);
    return { ...(await judged(hub, phones, sender)), kills: rounds, restarts };
  });

/** By turns a life of some moments, which ends between two steps of the first alerts, and one in full flow. */
const lifeOf = (round: number, longest: number): number =>
  round % 2 === 0 ? Math.random() * 30 : Math.random() * longest;
