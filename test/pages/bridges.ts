// Phone bridges as the API tells them.
import type { Bridge, Caller, Incident } from "../../functions/show-post/page/wire.d.ts";
import { checkoutDown, hostile, iso } from "./incidents.ts";

const ada = { id: "ada", name: "Ada Byron" };
const grace = { id: "grace", name: "Grace Hopper" };

export const noBridge: Bridge = {
  state: "none",
  returning: false,
  callers: [],
  callIns: [],
  people: [ada, grace, { id: "mary", name: "Mary Jackson" }],
  you: { id: "grace", inCommand: true, inTheRoom: false },
};

/** No bridge is open; one stranger waits to be let in, one was removed before. */
export const waitingBridge = (): Bridge => ({
  ...noBridge,
  callers: [
    caller("CA9", {
      name: "a caller ending in 0171",
      ending: "0171",
      presence: "waiting",
      way: "call-for-help",
    }),
    caller("CA8", { presence: "waiting", removedBefore: true, since: iso(12) }),
  ],
  you: { id: "grace", inCommand: true, inTheRoom: false, mayLetIn: true },
});

export const caller = (call: string, change: Partial<Caller> = {}): Caller => ({
  call,
  name: "an unknown caller",
  way: "pin",
  presence: "in",
  muted: false,
  since: iso(61),
  recordings: [],
  ...change,
});

/** Grace commands, from outside the room; Ada and a stranger are in it, Mary is rung, Katherine's call led to nothing. */
export const openBridge: Bridge = {
  ...noBridge,
  state: "open",
  reason: "chat-unreachable",
  since: iso(190),
  number: "+12025550100",
  pin: "480617",
  recorded: true,
  callers: [
    caller("CA1", { person: ada, name: "Ada Byron", way: "call-in", since: iso(120) }),
    caller("CA2", { person: { id: "joan", name: "Joan Clarke" }, name: "Joan Clarke", muted: true }),
    caller("CA3", {
      name: "a caller ending in 0101",
      ending: "0101",
      since: iso(20),
      recordings: [
        { kind: "name", id: "RE1" },
        { kind: "help", id: "RE2" },
      ],
    }),
    caller("CA4", { person: grace, name: "Grace Hopper", presence: "left" }),
  ],
  callIns: [
    { id: "c1", person: ada, cause: "absent", state: "admitted", at: iso(130) },
    { id: "c2", person: { id: "mary", name: "Mary Jackson" }, cause: "absent", state: "handed", at: iso(8) },
    {
      id: "c3",
      person: { id: "katherine", name: "Katherine Johnson" },
      cause: "absent",
      state: "failed",
      at: iso(50),
    },
  ],
  commander: grace,
};

let version = 20;
/** A new version each time: the page reads only news. */
export const withBridge = (bridge: Bridge, change: Partial<Incident> = {}): Incident =>
  checkoutDown({ version: ++version, bridge, ...change });

const words = hostile.script + hostile.reordered + hostile.endless;
export const attackedBridge: Bridge = {
  ...openBridge,
  number: words,
  pin: hostile.endless,
  reason: words,
  callers: [
    caller(words, { name: words, way: words, recordings: [{ kind: words, id: words }] }),
    caller("CA2", { person: { id: words, name: words }, name: words, since: "never" }),
  ],
  callIns: [{ id: words, person: { id: words, name: words }, cause: words, state: "failed", at: words }],
  people: [{ id: words, name: words }],
  commander: { id: words, name: words },
};

/** Two seconds of a tone, as a provider sends it. */
export function aRecording(): Buffer {
  const rate = 8000;
  const samples = rate * 2;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at++) wav.writeInt16LE(Math.round(8000 * Math.sin(at / 3)), 44 + at * 2);
  return wav;
}
