// A long history of wrong PINs, and one of texts that mean nothing.
import { type LineEvent, line, lineStream } from "../../../functions/core/line/line.ts";
import { type TexterEvent, texter, texterStream } from "../../../functions/core/line/texter.ts";
import { addressDigest } from "../../../functions/digest.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { lengthen, meta } from "./history.ts";

/** Of a line that is quiet. */
export const ageLine = (table: LocalTable): Promise<void> =>
  lengthen(table, lineStream, line, {
    nothingNew: (): LineEvent => ({ ...meta, type: "PinForgiven", try: "none" }),
  });

/** Of a number that gets answers. */
export const ageTexter = (table: LocalTable, number: string): Promise<void> =>
  lengthen(table, texterStream(addressDigest(number)), texter, {
    nothingNew: (): TexterEvent => ({ ...meta, type: "IdleAnswersForgotten" }),
  });
