// What was taken down in calls: kept for a while, with a sound file that says in its title what was said.
import { newSid } from "../phones.ts";
import { apiVersion } from "../wire.ts";
import type { Call } from "./call.ts";

export interface Recording {
  readonly sid: string;
  readonly call: string;
  readonly at: number;
  readonly seconds: number;
  readonly text: string;
}

/** Where its sound is; the hub asks for it at the API's address that it was given. */
export const mediaUrl = (accountSid: string, sid: string): string =>
  `https://recordings.invalid/${apiVersion}/Accounts/${accountSid}/Recordings/${sid}`;

const kept = 500;

export function recordingMemory(now: () => number) {
  const all = new Map<string, Recording>();
  return {
    keep(call: Call, text: string, ms: number): Recording {
      const recording = {
        sid: newSid("RE"),
        call: call.sid,
        at: now(),
        seconds: Math.round(ms / 1000),
        text,
      };
      all.set(recording.sid, recording);
      const [oldest] = all.keys();
      if (all.size > kept && oldest !== undefined) all.delete(oldest);
      return recording;
    },
    /** Newest first. */
    list: (): readonly Recording[] => [...all.values()].reverse(),
    find: (sid: string): Recording | undefined => all.get(sid),
    remove: (sid: string): boolean => all.delete(sid),
  };
}

export type Recordings = ReturnType<typeof recordingMemory>;

/** Silence as MP3 (MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame), behind an ID3 title. */
export function mp3Of({ text }: Recording): Uint8Array {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat([title(text), ...Array.from({ length: 38 }, () => frame)]);
}

// https://id3.org/id3v2.3.0
function title(text: string): Buffer {
  const words = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  const head = Buffer.alloc(10);
  head.write("TIT2", "latin1");
  head.writeUInt32BE(words.length, 4);
  const size = head.length + words.length;
  const sizes = [21, 14, 7, 0].map((bits) => (size >> bits) & 0x7f);
  return Buffer.concat([Buffer.from("ID3\u0003\u0000\u0000", "latin1"), Buffer.from(sizes), head, words]);
}
