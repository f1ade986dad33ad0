// Tables in DynamoDB: those that an earlier stack left behind, and whether a hub would go on without the table that it has.
import { DescribeStackResourceCommand } from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { stackName, storeLogicalId } from "../names.ts";
import type { Settings } from "../settings.ts";
import { type Aws, unlessMissing } from "./aws.ts";
import { type Check, type Finding, fault, warning } from "./check.ts";
import { isUnknown, kindOf, type StackState } from "./stack.ts";

/** CloudFormation names a table after its stack and its logical id, with a random end. */
const ownPrefix = `${stackName}-${storeLogicalId}-`;

export const tablesCheck = (settings: Settings, stack: StackState | undefined, aws: Aws): Check => ({
  title: "tables",
  needs: ["region"],
  async run() {
    const made = kindOf(stack) === "good" ? await tableOfStack(aws) : undefined;
    const { adoptTable, region } = settings;
    const used = [made, adoptTable?.name];
    const left = (await ownTables(aws)).filter((name) => !used.includes(name));
    const findings = await Promise.all(left.map(async (name) => leftBehind(name, region, aws)));
    if (made !== undefined && !(await tablesIn(aws)).includes(made))
      findings.push(
        fault(
          "adoptTable",
          `the table of the stack, ${made}, is gone`,
          'see "The table is lost" in docs/operator-guide.md',
        ),
      );
    if (kindOf(stack) === "good" && made === undefined && adoptTable === undefined)
      findings.push(
        fault(
          "adoptTable",
          "is left out, but the stack goes on with a table that it adopted: it would make a new, empty one",
          "give the adoptTable of the last deployment; `npx cdk diff` shows it",
        ),
      );
    return findings;
  },
});

async function tableOfStack({ cloudFormation }: Aws): Promise<string | undefined> {
  const table = { StackName: stackName, LogicalResourceId: storeLogicalId };
  const found = await unlessMissing(cloudFormation.send(new DescribeStackResourceCommand(table)), isUnknown);
  return found?.StackResourceDetail?.PhysicalResourceId;
}

const ownTables = async (aws: Aws): Promise<readonly string[]> =>
  (await tablesIn(aws)).filter((name) => name.startsWith(ownPrefix));

async function tablesIn({ dynamoDb }: Aws): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await dynamoDb.send(new ListTablesCommand({ ExclusiveStartTableName: after }));
    names.push(...(page.TableNames ?? []));
    after = page.LastEvaluatedTableName;
  } while (after !== undefined);
  return names;
}

async function leftBehind(name: string, region: string, { dynamoDb }: Aws): Promise<Finding> {
  const { Table: table } = await dynamoDb.send(new DescribeTableCommand({ TableName: name }));
  const since = table?.CreationDateTime?.toISOString().slice(0, 10) ?? "an unknown day";
  const aws = (verb: string) => `aws dynamodb ${verb} --table-name ${name} --region ${region}`;
  const unprotect = table?.DeletionProtectionEnabled
    ? `${aws("update-table")} --no-deletion-protection-enabled, then `
    : "";
  return warning(
    "adoptTable",
    // DynamoDB counts the items about every six hours.
    `${name}, made on ${since} with some ${table?.ItemCount ?? 0} items, belongs to no stack`,
    `to go on with it, see "The table is lost" in docs/operator-guide.md; to delete it for good: ${unprotect}${aws("delete-table")}`,
  );
}
