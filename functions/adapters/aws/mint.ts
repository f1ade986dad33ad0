// Ids in the form of ULIDs: 48 bits of time, then 80 of chance, in letters that nobody misreads on a phone.
import { randomBytes, randomInt } from "node:crypto";
import type { Clock, Mint } from "../../ports.ts";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timeLetters = 10;
const chanceLetters = 16;

/** `region` is one letter: a reply that reaches another region is known by it. */
export const secureMint = (clock: Clock, region: string): Mint => ({
  id: () => timePart(clock.now()) + chancePart(),
  code: () => `${region}${randomInt(1000, 10_000)}`,
});

function timePart(now: number): string {
  let rest = now;
  let text = "";
  for (let place = 0; place < timeLetters; place++) {
    text = letters.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

// 256 is a multiple of 32, so every letter is as likely as any other.
const chancePart = (): string =>
  Array.from(randomBytes(chanceLetters), (byte) => letters.charAt(byte % 32)).join("");
