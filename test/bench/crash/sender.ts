// A sender that goes on while the hub dies and comes back. What is not answered with 202 it sends again, as monitoring
// does; what is answered so it never sends again: from then on it is the hub's.
import { sleep } from "../load/clock.ts";
import { alertBody, serviceOf } from "../organisation.ts";

export interface Accepted {
  readonly mark: string;
  readonly id: string;
  /** How often it was sent before it was taken: whether those were taken too, nobody was told. */
  readonly unanswered: number;
}

export interface Sender {
  readonly accepted: readonly Accepted[];
  /** Answers with the next 202. */
  nextAccepted(): Promise<void>;
  /** Sends nothing new, and ends what it began. */
  stop(): Promise<void>;
}

interface Settings {
  readonly intake: string;
  readonly people: number;
  readonly perSecond: number;
  readonly mark: (index: number) => string;
}

const workers = 12;
const gaveUp = 3_000;
const pause = 25;
/** When the hub does not come back, the run ends all the same. */
const mostTries = 1_000;

export function startSender({ intake, people, perSecond, mark }: Settings): Sender {
  const accepted: Accepted[] = [];
  let stopped = false;
  let next = 0;
  let listeners: (() => void)[] = [];

  async function one(): Promise<void> {
    const index = next++;
    const name = mark(index);
    const body = alertBody([{ mark: name, group: name, service: serviceOf(index % people) }]);
    for (let unanswered = 0; unanswered < mostTries; unanswered++) {
      const id = await taken(intake, body);
      if (id !== undefined) {
        accepted.push({ mark: name, id, unanswered });
        break;
      }
      await sleep(pause);
    }
    const heard = listeners;
    listeners = [];
    for (const hear of heard) hear();
  }

  async function worker(): Promise<void> {
    while (!stopped) {
      await one();
      await sleep(Math.random() * ((2000 * workers) / perSecond));
    }
  }

  const running = Promise.all(Array.from({ length: workers }, worker));
  return {
    accepted,
    nextAccepted: () => new Promise((resolve) => void listeners.push(resolve)),
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** Its id, when it was taken. */
async function taken(intake: string, body: string): Promise<string | undefined> {
  const headers = { "content-type": "application/json" };
  try {
    const signal = AbortSignal.timeout(gaveUp);
    const answer = await fetch(intake, { method: "POST", headers, body, signal });
    if (answer.status !== 202) return undefined;
    const { alerts } = (await answer.json()) as { readonly alerts: readonly { readonly id: string }[] };
    return alerts[0]?.id;
  } catch {
    return undefined; // the hub died before it answered
  }
}
