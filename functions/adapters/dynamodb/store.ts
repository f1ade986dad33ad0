// The store on DynamoDB: one table behind all of its ports. Whoever needs one port alone takes that one's factory.
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Ports } from "../../ports.ts";
import { dynamoAlerts } from "./alerts.ts";
import { dynamoClaims } from "./claims.ts";
import { dynamoConfigItems } from "./config-items.ts";
import { dynamoDeadLetters } from "./dead-letters.ts";
import { dynamoIncidents } from "./incidents.ts";
import { dynamoJournal } from "./journal.ts";
import { dynamoLeases } from "./leases.ts";
import { dynamoMembers } from "./members.ts";
import { dynamoTimers } from "./timers.ts";

export type DynamoStore = Pick<
  Ports,
  | "journal"
  | "claims"
  | "timers"
  | "incidents"
  | "alerts"
  | "members"
  | "leases"
  | "configItems"
  | "deadLetters"
>;

export function dynamoStore(client: DynamoDBDocumentClient, table: string): DynamoStore {
  const access = { client, table };
  return {
    journal: dynamoJournal(access),
    claims: dynamoClaims(access),
    timers: dynamoTimers(access),
    incidents: dynamoIncidents(access),
    alerts: dynamoAlerts(access),
    members: dynamoMembers(access),
    leases: dynamoLeases(access),
    configItems: dynamoConfigItems(access),
    deadLetters: dynamoDeadLetters(access),
  };
}
