// A long history of wrong PINs.
import { type LineEvent, line, lineStream } from "../../../functions/core/line/line.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { lengthen, meta } from "./history.ts";

/** Of a line that is quiet. */
export const ageLine = (table: LocalTable): Promise<void> =>
  lengthen(table, lineStream, line, {
    nothingNew: (): LineEvent => ({ ...meta, type: "PinForgiven", try: "none" }),
  });
