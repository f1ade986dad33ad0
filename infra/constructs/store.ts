// The one table: everything durable is here first, and its stream is what the rest of the hub hears. A table that was restored
// is adopted as it is; what it then lacks is switched on by hand (docs/operator-guide.md, "The table is lost").
import { RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { table as shape } from "../../functions/table.ts";
import type { Settings } from "../settings.ts";

const attribute = ({ name, type }: { readonly name: string; readonly type: "S" | "N" }) => ({
  name,
  type: type === "S" ? AttributeType.STRING : AttributeType.NUMBER,
});

export interface Store {
  readonly arn: string;
  readonly name: string;
  readonly streamArn: string;
  /** What has to be there before anybody reads. */
  readonly made: readonly Construct[];
}

export function store(scope: Construct, settings: Settings): Store {
  const { adoptTable } = settings;
  if (adoptTable === undefined) return newStore(scope, settings);
  const { name, stream: streamArn } = adoptTable;
  const arn = Stack.of(scope).formatArn({ service: "dynamodb", resource: "table", resourceName: name });
  return { arn, name, streamArn, made: [] };
}

function newStore(scope: Construct, { isProtected }: Settings): Store {
  const table = new Table(scope, "Store", {
    partitionKey: attribute(shape.partition),
    sortKey: attribute(shape.sort),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: shape.ttl,
    stream: StreamViewType[shape.stream],
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    // The service's own key: one that KMS has to hand out would be one more thing that a page waits for.
    encryption: TableEncryption.DEFAULT,
    deletionProtection: isProtected,
    // Kept whatever becomes of the stack, but for one case: a creation that failed takes it back, empty as it is.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html#aws-attribute-deletionpolicy-options
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  for (const [indexName, index] of Object.entries(shape.indexes)) {
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: attribute(index.partition),
      ...("sort" in index ? { sortKey: attribute(index.sort) } : {}),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  const { tableArn: arn, tableName: name, tableStreamArn: streamArn } = table;
  if (streamArn === undefined) throw new Error("The store has no stream, so nobody would hear of anything");
  return { arn, name, streamArn, made: [table] };
}
