// A table that the stack is to adopt: a restore brings data, keys and indexes along, and neither stream nor TTL nor protection.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { table as shape } from "../../functions/table.ts";
import type { Settings } from "../settings.ts";
import { type Aws, unlessMissing } from "./aws.ts";
import { type Check, type Finding, fault } from "./check.ts";

export const adoptedTableCheck = (
  { name, stream }: NonNullable<Settings["adoptTable"]>,
  { region }: Settings,
  aws: Aws,
): Check => ({
  title: "adopted table",
  needs: ["region", "adoptTable"],
  async run() {
    const table = await tableNamed(name, aws);
    if (table === undefined)
      return [
        fault(
          "adoptTable",
          `there is no table ${name}`,
          `aws dynamodb list-tables --region ${region} lists them`,
        ),
      ];
    const [ttl, backups] = await Promise.all([
      aws.dynamoDb.send(new DescribeTimeToLiveCommand({ TableName: name })),
      aws.dynamoDb.send(new DescribeContinuousBackupsCommand({ TableName: name })),
    ]);
    const findings: Finding[] = [];
    const missing = (message: string, verb: string) =>
      findings.push(
        fault(
          "adoptTable",
          `${name} ${message}`,
          `aws dynamodb ${verb} --table-name ${name} --region ${region}`,
        ),
      );
    if (table.TableStatus !== "ACTIVE")
      findings.push(fault("adoptTable", `${name} is ${table.TableStatus ?? "not there"}`, "wait for ACTIVE"));
    findings.push(...shapeFaults(name, table));
    if (table.StreamSpecification?.StreamViewType !== shape.stream || table.LatestStreamArn === undefined)
      missing(
        "has no stream of new and old images, so nothing would be handed on",
        `update-table --stream-specification StreamEnabled=true,StreamViewType=${shape.stream}`,
      );
    else if (table.LatestStreamArn !== stream)
      findings.push(
        fault(
          "adoptTable",
          "is not the table's newest stream",
          `give -c adoptTable=${table.LatestStreamArn}`,
        ),
      );
    const { AttributeName, TimeToLiveStatus } = ttl.TimeToLiveDescription ?? {};
    if (!["ENABLED", "ENABLING"].includes(TimeToLiveStatus ?? "") || AttributeName !== shape.ttl)
      missing(
        `does not expire items by "${shape.ttl}", so it would only grow`,
        `update-time-to-live --time-to-live-specification Enabled=true,AttributeName=${shape.ttl}`,
      );
    const { PointInTimeRecoveryDescription: recovery } = backups.ContinuousBackupsDescription ?? {};
    if (recovery?.PointInTimeRecoveryStatus !== "ENABLED")
      missing(
        "has no point-in-time recovery",
        "update-continuous-backups --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
      );
    if (table.DeletionProtectionEnabled !== true)
      missing("is not protected from deletion", "update-table --deletion-protection-enabled");
    return findings;
  },
});

async function tableNamed(TableName: string, { dynamoDb }: Aws): Promise<TableDescription | undefined> {
  const found = await unlessMissing(
    dynamoDb.send(new DescribeTableCommand({ TableName })),
    ({ name }) => name === "ResourceNotFoundException",
  );
  return found?.Table;
}

/** Indexes may be left out of a restore. */
function shapeFaults(name: string, table: TableDescription): readonly Finding[] {
  const indexes = new Map(table.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index.KeySchema]));
  const expected = [
    ["the table", table.KeySchema, [shape.partition.name, shape.sort.name]] as const,
    ...Object.entries(shape.indexes).map(
      ([index, { partition, sort }]) =>
        [`index ${index}`, indexes.get(index), [partition.name, sort.name]] as const,
    ),
  ];
  return expected.flatMap(([what, keys = [], names]) =>
    keys.map(({ AttributeName }) => AttributeName).join() === names.join()
      ? []
      : [
          fault(
            "adoptTable",
            `${name} was not Muster's: ${what} has not the keys ${names.join(" and ")}`,
            "restore Muster's own table, with all its indexes",
          ),
        ],
  );
}
