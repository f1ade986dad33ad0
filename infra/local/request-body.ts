// Reads a body up to a bound, or discards it without letting its sender go on for ever.
import type { IncomingMessage } from "node:http";

/** Undefined for a body over the limit; the rest of it is not read. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (declaredSize(request) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** A sender that is refused reads its answer behind a body of this size; behind a larger one the connection may break first. */
const mostDiscarded = 1024 * 1024;

export const isDiscardable = (request: IncomingMessage): boolean => declaredSize(request) <= mostDiscarded;

/** Lets the connection go on to the next request. */
export function discardBody(request: IncomingMessage): void {
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostDiscarded) request.destroy();
  });
}

const declaredSize = ({ headers }: IncomingMessage): number => Number(headers["content-length"] ?? 0);
