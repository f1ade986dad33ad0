// Decompresses the body of a request. The bound holds while it is inflated: a few kilobytes may stand for gigabytes.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";

export type Inflated =
  | { readonly outcome: "done"; readonly bytes: Buffer }
  | { readonly outcome: "unknown" | "broken" | "too large" };

type Inflate = (bytes: Buffer, options: ZlibOptions) => Buffer;

const codings: ReadonlyMap<string, Inflate> = new Map<string, Inflate>([
  ["identity", (bytes) => bytes],
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  // RFC 9110 means zlib's format; some clients send the bare stream.
  ["deflate", (bytes, options) => (isZlib(bytes) ? inflateSync : inflateRawSync)(bytes, options)],
  ["br", (bytes, { maxOutputLength = 0 }) => brotliDecompressSync(bytes, { maxOutputLength })],
]);

/** More than this nobody nests by mistake. */
const mostCodings = 3;

/** What a proxy has decompressed keeps its header, and "utf-8" or "none" is no coding: what looks like JSON is taken as it is. */
export function inflated(bytes: Buffer, encoding: string | undefined, limit: number): Inflated {
  const found = asNamed(bytes, encoding, limit);
  const isRefused = found.outcome === "unknown" || found.outcome === "broken";
  return isRefused && beginsAsJson(bytes) ? { outcome: "done", bytes } : found;
}

function asNamed(bytes: Buffer, encoding: string | undefined, limit: number): Inflated {
  const named = (encoding ?? "").toLowerCase().split(",");
  const names = named.map((name) => name.trim()).filter((name) => name !== "");
  const applied = names.length > 1 || isTrue(names[0], bytes) ? names : isGzip(bytes) ? ["gzip"] : [];
  const steps = applied.toReversed().map((name) => codings.get(name));
  if (steps.length > mostCodings || !steps.every((step) => step !== undefined)) return { outcome: "unknown" };
  try {
    const options = { maxOutputLength: limit };
    return { outcome: "done", bytes: steps.reduce((done, step) => step(done, options), bytes) };
  } catch (error) {
    if (error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE")
      return { outcome: "too large" };
    if (error instanceof Error && "code" in error) return { outcome: "broken" }; // zlib's own codes: Z_DATA_ERROR …
    throw error;
  }
}

/** What a proxy has decompressed already keeps the header; what a script has compressed may lack it. */
const isTrue = (name: string | undefined, bytes: Buffer): boolean =>
  name === undefined ? !isGzip(bytes) : !/^(x-)?gzip$/.test(name) || isGzip(bytes);

/** Behind a byte order mark and blanks, in one or two bytes a character. */
const beginsAsJson = (bytes: Buffer): boolean =>
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\0 \t\r\n]*[{[]/.test(bytes.toString("latin1", 0, lookedAt));
const lookedAt = 200;

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const isZlib = (bytes: Buffer): boolean =>
  ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
