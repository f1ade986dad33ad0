// The phones and their provider as a process of their own: they live on while the hub dies, and remember what they were
// sent. They forget what is old, so they are asked after every round.
import { join } from "node:path";
import { startProcess } from "../load/processes.ts";

const main = join(import.meta.dirname, "../../../infra/local/simulator/main.ts");

interface Phone {
  readonly number: string;
  readonly messages: readonly { readonly sid: string; readonly direction: string; readonly body: string }[];
}

export interface Phones {
  readonly apiUrl: string;
  /** Remembers what came since it was asked last. */
  collect(): Promise<void>;
  /** How many texts bear this mark. */
  textsAbout(mark: string): number;
  /** Texts in all. */
  count(): number;
  stop(): Promise<void>;
}

export async function startPhones(hubUrl: string): Promise<Phones> {
  const running = await startProcess({ args: [main, "--hub", hubUrl] });
  const known = new Set<string>();
  const about = new Map<string, number>();
  const apiUrl = /^TWILIO_API_URL=(\S+)$/m.exec(running.said())?.[1];
  if (apiUrl === undefined) throw new Error("The phones did not say where their provider is");
  return {
    apiUrl,
    async collect() {
      const answer = await fetch(`${running.url}/simulator/phones`);
      const { phones } = (await answer.json()) as { readonly phones: readonly Phone[] };
      for (const { sid, direction, body } of phones.flatMap(({ messages }) => messages)) {
        if (direction !== "outbound" || known.has(sid)) continue;
        known.add(sid);
        const mark = /mark-[a-z0-9]+-\d+/.exec(body)?.[0] ?? "";
        about.set(mark, (about.get(mark) ?? 0) + 1);
      }
    },
    textsAbout: (mark) => about.get(mark) ?? 0,
    count: () => known.size,
    stop: () => running.stop(),
  };
}
