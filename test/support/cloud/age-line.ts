// A long history of wrong PINs, and one of texts that mean nothing.
import { type MeterEvent, meter, meterStream } from "../../../functions/core/limits/meter.ts";
import { type TexterEvent, texter, texterStream } from "../../../functions/core/limits/texter.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { lengthen, meta } from "./history.ts";

/** Of a line that is quiet. */
export const ageLine = (table: LocalTable): Promise<void> =>
  lengthen(table, meterStream("pins"), meter, {
    nothingNew: (): MeterEvent => ({ ...meta, type: "UseGivenBack", use: "none" }),
  });

/** Of a number that gets answers. */
export const ageTexter = (table: LocalTable, digest: string): Promise<void> =>
  lengthen(table, texterStream(digest), texter, {
    nothingNew: (): TexterEvent => ({ ...meta, type: "IdleAnswersForgotten" }),
  });
