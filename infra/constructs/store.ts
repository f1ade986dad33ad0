// The one table: everything durable is here first, and its stream is what the rest of the house hears.
import { RemovalPolicy } from "aws-cdk-lib";
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

const attribute = ({ name, type }: { readonly name: string; readonly type: "S" | "N" }) => ({
  name,
  type: type === "S" ? AttributeType.STRING : AttributeType.NUMBER,
});

export function store(scope: Construct): Table {
  const table = new Table(scope, "Store", {
    partitionKey: attribute(shape.partition),
    sortKey: attribute(shape.sort),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: shape.ttl,
    stream: StreamViewType[shape.stream],
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    // The service's own key: one that KMS has to hand out would be one more thing that a page waits for.
    encryption: TableEncryption.DEFAULT,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const [indexName, index] of Object.entries(shape.indexes)) {
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: attribute(index.partition),
      ...("sort" in index ? { sortKey: attribute(index.sort) } : {}),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  return table;
}
