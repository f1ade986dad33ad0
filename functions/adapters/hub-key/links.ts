// Signed links: whoever holds one may answer one page, for a few hours. As short as they can be, for they stand in texts.
import { timingSafeEqual } from "node:crypto";
import type { StreamId } from "../../core/aggregate.ts";
import { type Instant, minutes } from "../../core/time.ts";
import type { LinkedPage, Links } from "../../ports.ts";
import { type HubKey, macOf } from "./hub-key.ts";

const label = "muster answer link 1";
/** 96 bits: beyond guessing, at 16 signs. */
const macBytes = 12;
/** An incident's id, as the number that its 26 letters are. */
const idBytes = 16;
const untilBytes = 4;
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export const signedLinks = (hubKey: () => Promise<HubKey>, publicUrl: string): Links => ({
  async sign(page, until) {
    const content = packed(page, until);
    const { key } = await hubKey();
    const token = Buffer.concat([content, mac(key, content)]).toString("base64url");
    return `${publicUrl.replace(/\/+$/, "")}/a/${token}`;
  },

  async read(token, now) {
    const bytes = Buffer.from(token, "base64url");
    // One way to write each: a token with a sign that changes nothing would be another token.
    if (bytes.toString("base64url") !== token) return undefined;
    const content = bytes.subarray(0, -macBytes);
    if (content.length < idBytes + untilBytes + 1 || content.length > idBytes + untilBytes + 3)
      return undefined;
    const { key, previousKey } = await hubKey();
    const given = bytes.subarray(-macBytes);
    const ours = [key, ...(previousKey === undefined ? [] : [previousKey])];
    if (!ours.some((one) => timingSafeEqual(mac(one, content), given))) return undefined;
    const { page, until } = unpacked(content);
    return now < until ? page : undefined;
  },
});

const mac = (key: string, content: Uint8Array): Buffer => macOf(key, label, content).subarray(0, macBytes);

/** Id, minute of its end, number of the page: big-endian, the number as short as it can be. */
function packed({ stream, page }: LinkedPage, until: Instant): Buffer {
  const [, id] = /^incident\/([0-7][0-9A-HJKMNP-TV-Z]{25})$/.exec(stream) ?? [];
  const [, number] = /^p([1-9]\d{0,6})$/.exec(page) ?? [];
  if (id === undefined || number === undefined)
    throw new Error(`There is no link for ${page} of ${stream}: its names have another form`);
  let value = 0n;
  for (const letter of id) value = value * 32n + BigInt(letters.indexOf(letter));
  const numberText = Number(number).toString(16);
  const digits = value.toString(16).padStart(idBytes * 2, "0");
  const end = Math.floor(until / minutes(1))
    .toString(16)
    .padStart(untilBytes * 2, "0");
  return Buffer.from(
    digits + end + numberText.padStart(numberText.length + (numberText.length % 2), "0"),
    "hex",
  );
}

function unpacked(content: Buffer): { readonly page: LinkedPage; readonly until: Instant } {
  let value = BigInt(`0x${content.toString("hex", 0, idBytes)}`);
  let id = "";
  for (let place = 0; place < 26; place++) {
    id = letters.charAt(Number(value % 32n)) + id;
    value /= 32n;
  }
  const rest = idBytes + untilBytes;
  const stream: StreamId = `incident/${id}`;
  return {
    page: { stream, page: `p${content.readUIntBE(rest, content.length - rest)}` },
    until: content.readUIntBE(idBytes, untilBytes) * minutes(1),
  };
}
