// Who is looking, for the page: a viewer is told what to do about it.
import type { Reader } from "../signed-in.ts";
import { identityLine } from "../wording/viewer.ts";

export function readerView(reader: Reader) {
  const { id, name, identity } = reader;
  const mayOrder = reader.may("give-orders");
  return { id, name, mayOrder, ...(mayOrder ? {} : { identityLine: identityLine(identity) }) };
}
