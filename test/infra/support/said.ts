// What the tests' operators say to the deployment.
import { simulatedAccount } from "../../../infra/local/simulator/twilio/account.ts";
import type { Template } from "./template.ts";

export const ownAccount = "111122223333";
export const productionAccount = "444455556666";

/** As little as possible, and a chat: by this template the permissions of all functions are judged. */
export const plain = {
  account: ownAccount,
  region: "eu-west-1",
  productionAccounts: productionAccount,
  operatorEmail: "operator@example.com",
  signInIssuer: "https://issuer.example.com",
  signInClient: "muster",
  twilioFrom: simulatedAccount.from,
  teamsBotApp: "b0700b07-70a5-4b1e-8e57-000000000002",
  teamsTenant: "7e57ab1e-70a5-4b1e-8e57-000000000001",
  chatSite: "https://smba.trafficmanager.net/emea/v3/conversations/19:probe@thread.tacv2",
};

/** With everything that may be left out. */
export const dressed = {
  ...plain,
  senderAccounts: productionAccount,
  senderOrganization: "o-abcdefghij",
  domain: "muster.example.com",
  certificate: `arn:aws:acm:eu-west-1:${ownAccount}:certificate/6f1e4b5c-9d2a-4c3b-8e7f-0a1b2c3d4e5f`,
  signInIssuer: `https://login.microsoftonline.com/${plain.teamsTenant}/v2.0`,
  signInAudience: "https://api.example.com/muster",
  signInScope: "use",
  signInScopes: "openid profile https://api.example.com/muster/use",
  teamsTabApp: "7ab07ab0-1111-4222-8333-444455556666",
  signInOrigins: "https://login.example.com",
  twilioMessagingService: `MG${"0".repeat(32)}`,
  regionLetter: "B",
  secondCarrierSms: "phone-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  secondCarrierVoice: "pool-9f8e7d6c5b4a39281706f5e4d3c2b1a0",
  secondCarrierConfigurationSet: "muster",
};

export const restoredStream = `arn:aws:dynamodb:${plain.region}:${ownAccount}:table/muster-restored/stream/2026-11-21T02:00:00.000`;

export interface Finding {
  readonly rule: string;
  readonly where: string;
}

export interface Drawing {
  /** Each as one, whatever stands in nested stacks. */
  readonly plain: Template;
  readonly dressed: Template;
  /** The plain one as a first deployment, and with a table that was restored. */
  readonly first: Template;
  readonly adopted: Template;
  /** The stacks against deletion. */
  readonly isProtected: Readonly<Record<"plain" | "first", boolean>>;
  /** The files as CloudFormation gets them: the hub's own and those nested in it, by their place in the picture. */
  readonly files: Readonly<Record<"plain" | "dressed", Readonly<Record<string, Template>>>>;
  /** What cdk-nag has to say of the plain one. */
  readonly findings: readonly Finding[];
}
