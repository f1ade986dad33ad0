// The key that opens a source: only its digest is kept, and the comparison takes the same time for every key.
import { timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { headerOf } from "./body.ts";
import type { SourceEntry } from "./core/organisation.ts";
import { sha256 } from "./digest.ts";

// What a key is compared with where the source is unknown: nobody has a key with this digest.
const nobody = ["0".repeat(64)];

/** True when `key` opens `source`. An unknown source costs the same work as a wrong key. */
export function opens(source: SourceEntry | undefined, key: string): boolean {
  const offered = Buffer.from(sha256(key), "hex");
  const hashes = source === undefined || source.keyHashes.length === 0 ? nobody : source.keyHashes;
  let opened = false;
  for (const hash of hashes) if (timingSafeEqual(offered, Buffer.from(hash, "hex"))) opened = true;
  return opened && source !== undefined;
}

/** From the path, as a bearer token, or in `x-api-key`; empty when there is none. */
export function keyOf(request: Pick<APIGatewayProxyEventV2, "headers" | "pathParameters">): string {
  const inPath = request.pathParameters?.["key"];
  if (inPath !== undefined) return inPath;
  const bearer = /^bearer +(\S+) *$/i.exec(headerOf(request.headers, "authorization") ?? "");
  return bearer?.[1] ?? headerOf(request.headers, "x-api-key") ?? "";
}
