// Two buses: on one we speak to ourselves, on the other whoever is watched may put its alarms. Neither is shared.
import { EventBus, type IEventBus } from "aws-cdk-lib/aws-events";
import { AccountPrincipal, AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Settings } from "../settings.ts";

export interface Buses {
  /** Our own events, by reference. */
  readonly main: EventBus;
  /** Alarms of other accounts: pushed to us, never fetched. */
  readonly intake: EventBus;
  /** Alarms of our own account come by the bus that every account has. */
  readonly account: IEventBus;
}

export function buses(scope: Construct, settings: Settings): Buses {
  const intake = new EventBus(scope, "IntakeBus", {
    description: "Alarms of the accounts that Muster watches",
  });
  const { senderAccounts, senderOrganization } = settings;
  for (const account of senderAccounts) {
    intake.addToResourcePolicy(
      new PolicyStatement({
        sid: `Account${account}`,
        principals: [new AccountPrincipal(account)],
        actions: ["events:PutEvents"],
        resources: [intake.eventBusArn],
      }),
    );
  }
  if (senderOrganization !== undefined) {
    intake.addToResourcePolicy(
      new PolicyStatement({
        sid: "Organization",
        principals: [new AnyPrincipal()],
        actions: ["events:PutEvents"],
        resources: [intake.eventBusArn],
        conditions: { StringEquals: { "aws:PrincipalOrgID": senderOrganization } },
      }),
    );
  }
  return {
    main: new EventBus(scope, "Bus", { description: "Muster's own events, by reference" }),
    intake,
    account: EventBus.fromEventBusName(scope, "AccountBus", "default"),
  };
}
