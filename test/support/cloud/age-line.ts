// Long histories of what the limits count, of texts that mean nothing, and of calls that were held.
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import { type HeldEvent, held, heldStream } from "../../../functions/core/limits/held.ts";
import { type MeterEvent, meter, meterStream } from "../../../functions/core/limits/meter.ts";
import { type LimitName, limits } from "../../../functions/core/limits/table.ts";
import { type TexterEvent, texter } from "../../../functions/core/limits/texter.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { lengthen, meta } from "./history.ts";

export async function ageLimits(table: LocalTable): Promise<void> {
  for (const limit of Object.keys(limits) as LimitName[])
    await lengthen(table, meterStream(limit), meter, {
      nothingNew: (): MeterEvent => ({ ...meta, type: "UseGivenBack", use: "none" }),
    });
}

export const ageHeldCalls = (table: LocalTable): Promise<void> =>
  lengthen(table, heldStream, held, {
    nothingNew: (): HeldEvent => ({ ...meta, type: "HeldCallReleased", call: "none" }),
  });

/** Of all numbers that get answers. */
export async function ageTexters(table: LocalTable): Promise<void> {
  const { client, name } = table;
  const { Items = [] } = await client.send(
    new ScanCommand({
      TableName: name,
      FilterExpression: "begins_with(pk, :texts) AND sk = :head",
      ExpressionAttributeValues: { ":texts": { S: "line/texts-" }, ":head": { S: "head" } },
    }),
  );
  for (const { pk } of Items)
    await lengthen(table, (pk?.S ?? "") as StreamId, texter, {
      nothingNew: (): TexterEvent => ({ ...meta, type: "IdleAnswersForgotten" }),
    });
}
