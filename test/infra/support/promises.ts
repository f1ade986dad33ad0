// Carries out every promise of every port that calls AWS, each in all the ways that need a different permission, and
// writes down under `port.method` what was called.
import { randomBytes } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { systemClock } from "../../../functions/adapters/aws/clock.ts";
import { eventBridgeBus } from "../../../functions/adapters/aws/event-bridge-bus.ts";
import { secureMint } from "../../../functions/adapters/aws/mint.ts";
import { parameterSecret } from "../../../functions/adapters/aws/parameter-secret.ts";
import { withQueueLetters } from "../../../functions/adapters/aws/queue-letters.ts";
import { secondCarrierBy } from "../../../functions/adapters/aws/second-carrier.ts";
import { sqsWakeUps } from "../../../functions/adapters/aws/sqs-wake-ups.ts";
import { dynamoStore } from "../../../functions/adapters/dynamodb/store.ts";
import { derivedDialIn } from "../../../functions/adapters/hub-key/dial-in.ts";
import { readHubKey } from "../../../functions/adapters/hub-key/hub-key.ts";
import { signedLinks } from "../../../functions/adapters/hub-key/links.ts";
import { botSecret } from "../../../functions/adapters/teams/secret.ts";
import { twilioSecret } from "../../../functions/adapters/twilio/secret.ts";
import type { StreamId, StreamKind } from "../../../functions/core/aggregate.ts";
import { minutes } from "../../../functions/core/time.ts";
import { aCommit, aName, anAlert, aStream, aSummary, night } from "../../contracts/store/subject.ts";
import { type AwsServer, messageTaken } from "../../support/aws-server.ts";
import type { LocalTable } from "../../support/dynamodb-table.ts";
import type { Recorder } from "../../support/record-aws.ts";
import { dressed } from "./said.ts";

export async function carryOutAll(recorder: Recorder, table: LocalTable, aws: AwsServer): Promise<void> {
  recorder.watch(table.client);
  const store = dynamoStore(table.client, table.name);
  await streams(recorder, store);
  await alerts(recorder, store);
  await others(recorder, store, aws);
}

type Store = ReturnType<typeof dynamoStore>;

const streamsOf: readonly StreamKind[] = [
  "incident",
  "person",
  "provider",
  "site",
  "line",
  "held",
  "conversation",
  "post",
];

async function streams(
  { during }: Recorder,
  { journal, claims, timers, incidents, leases }: Store,
): Promise<void> {
  for (const stream of streamsOf.map((kind): StreamId => `${kind}/${aName("s")}`)) {
    // Only incidents are listed.
    const summary = stream.startsWith("incident/") ? aSummary() : undefined;
    const key = `code/${aName("c")}`;
    await during("journal.append", async () => {
      await journal.append(
        aCommit(stream, 0, {
          claims: [
            { key, change: "take" },
            { key: `${key}b`, change: "take" },
          ],
          cause: "c",
          nextDue: night,
          summary,
        }),
      );
      await journal.append(
        aCommit(stream, 1, {
          claims: [
            { key, change: "release" },
            { key: `${key}b`, change: "release", until: night + 1 },
          ],
        }),
      );
    });
    await during("journal.saveSnapshot", async () => {
      await journal.saveSnapshot(stream, 1, 1, {});
      // Of several parts, and taking the place of another.
      await journal.saveSnapshot(stream, 2, 1, { noise: randomBytes(500_000).toString("base64") });
    });
    await during("journal.load", () => journal.load(stream, 1));
    // With events after the snapshot: there is something to ask for.
    await journal.append(aCommit(stream, 2, { nextDue: night, summary }));
    await during("journal.load", () => journal.load(stream, 1));
    await during("journal.history", () => journal.history(stream, 0, 10));
  }
  const incident = aStream();
  await journal.append(aCommit(incident, 0, { nextDue: night, summary: aSummary() }));
  await during("claims.holder", () => claims.holder("code/none", night));
  await during("claims.held", () => claims.held("code", 10, night));
  await during("timers.due", () => timers.due(night, 10));
  await during("timers.pulse", () => timers.pulse(night));
  await during("incidents.open", () => incidents.open(10));
  await during("incidents.ended", () => incidents.ended(10));
  await during("leases.begin", async () => {
    await leases.begin("d1", incident, 0, night, night + 1);
    await leases.begin("d1", incident, 0, night + minutes(1), night + minutes(2)); // lapsed: taken over
    for (const kind of ["person", "conversation", "post"] as const)
      await leases.begin(`${kind} 1`, `${kind}/${aName("p")}`, 0, night, night + 1);
  });
  await during("leases.finish", () => leases.finish("d1"));
}

async function alerts({ during }: Recorder, { alerts: ledger, members }: Store): Promise<void> {
  const incident = aStream();
  const alert = anAlert({ description: "5xx" });
  await during("alerts.accept", async () => {
    await ledger.accept([alert], night);
    await ledger.accept([alert], night + 1);
  });
  await during("alerts.stash", () => ledger.stash([alert], night));
  await during("alerts.stashed", () => ledger.stashed("none"));
  await during("alerts.dropStash", () => ledger.dropStash("none"));
  await during("alerts.read", () => ledger.read([alert.id]));
  await during("alerts.detail", () => ledger.detail(alert.id));
  await during("alerts.handOn", () => ledger.handOn(night + minutes(2), 10));
  await during("alerts.settle", () =>
    ledger.settle([{ id: alert.id, revision: 1, disposition: { kind: "joined", incident } }]),
  );
  await during("members.anyFiring", () => members.anyFiring(incident));
  await during("members.firing", () => members.firing(incident, 10));
  await during("members.count", () => members.count(incident));
  await during("members.release", () => members.release(incident, 10));
}

async function others(
  { during, watch }: Recorder,
  { configItems, deadLetters, alerts: ledger, journal }: Store,
  aws: AwsServer,
): Promise<void> {
  await during("configItems.pointer", () => configItems.pointer());
  await during("configItems.item", () => configItems.item("v1", "person/ada"));
  await during("configItems.write", () => configItems.write("v1", new Map([["person/ada", {}]])));
  await during("configItems.switchTo", () => configItems.switchTo("v1", undefined, night));
  await during("configItems.versions", () => configItems.versions(10));

  const sqs = new SQSClient(aws.client);
  const bridge = new EventBridgeClient(aws.client);
  const ssm = new SSMClient(aws.client);
  const carrier = new PinpointSMSVoiceV2Client(aws.client);
  for (const client of [sqs, bridge, ssm, carrier]) watch(client);
  aws.answer = (asked) =>
    asked.operation === "SendMessage" ? messageTaken(asked) : { body: answers[asked.operation] ?? {} };

  const queues = {
    at: "https://sqs.eu-west-1.amazonaws.com/111122223333/",
    names: { "send-page": ["queue", "letters"] },
  } as const;
  const letters = withQueueLetters(deadLetters, sqs, () => queues, systemClock);
  const [incident, alert] = [aStream(), anAlert()];
  await journal.append(aCommit(incident, 0));
  await ledger.accept([alert], night);
  const bodies = [
    { id: "x", type: "AlertAccepted", detail: {} },
    { pk: incident, sk: "commit#0000000001#000" },
    ...["person", "site", "line", "held", "provider", "conversation", "post"].map((kind) => ({
      pk: `${kind}/${aName("s")}`,
      sk: "commit#0000000001#000",
    })),
    { pk: `alert#${alert.id}`, sk: "alert" },
    { pk: "stash#s", sk: "stash" },
  ];
  await during("deadLetters.add", async () => {
    for (const [n, body] of bodies.entries())
      await letters.add({ id: `l${n}`, function: "relay-events", reason: "unreadable", at: night + n, body });
  });
  await during("deadLetters.list", () => letters.list(10));
  await during("deadLetters.redrive", () => letters.redrive(10));
  await during("bus.publish", () =>
    eventBridgeBus(bridge, "bus").publish([{ id: "x", type: "AlertsStashed", detail: { stash: "s" } }]),
  );
  await during("wakeUps.hint", () => sqsWakeUps(sqs, "wake-ups").hint(incident, night, night));
  const second = secondCarrierBy(carrier, {
    sms: dressed.secondCarrierSms,
    voice: dressed.secondCarrierVoice,
    configurationSet: undefined,
  });
  const message = {
    to: "+12025550101",
    drill: true,
    reference: "A4821",
    reportTo: "",
    validFor: 1,
    text: "x",
  };
  await during("secondCarrier.sms", async () => void (await second.sms?.send(message)));
  await during(
    "secondCarrier.voice",
    async () => void (await second.voice?.send({ ...message, language: "en-US" })),
  );
  const links = signedLinks(parameterSecret(ssm, "/muster/hub-key", systemClock, readHubKey), "https://x");
  const page = { stream: `incident/${secureMint(systemClock, "A").id()}`, page: "p1" } as const;
  await during("links.sign", async () => void (await links.sign(page, night)));
  const fresh = signedLinks(parameterSecret(ssm, "/muster/hub-key", systemClock, readHubKey), "https://x");
  const [, token = ""] = (await links.sign(page, night)).split("/a/");
  await during("links.read", async () => void (await fresh.read(token, night)));
  const credentials = () => parameterSecret(ssm, "/muster/twilio", systemClock, twilioSecret)();
  await during("channels.sms", credentials);
  await during("channels.voice", credentials);
  await during("twilioSignature.valid", credentials);
  for (const method of ["control", "announce", "lead", "close"]) await during(`rooms.${method}`, credentials);
  await during("recordings.read", credentials);
  const speaking = () => parameterSecret(ssm, "/muster/teams", systemClock, botSecret)();
  await during("channels.teams", speaking);
  for (const method of ["post", "change", "begin", "meet", "member"])
    await during(`chat.${method}`, speaking);
  await during("chatChannels.create", speaking);
  await during("chatSite.probe", speaking);
  const derivedAnew = () =>
    derivedDialIn(parameterSecret(ssm, "/muster/hub-key", systemClock, readHubKey), undefined);
  await during("dialIn.pin", () => derivedAnew().pin(incident, 1));
  await during("dialIn.claimOf", () => derivedAnew().claimOf("123456"));
  await during("dialIn.waitingRoomOf", () => derivedAnew().waitingRoomOf("CA1"));
  await during("dialIn.callerDigest", () => derivedAnew().callerDigest("+12025550101"));
  await during("dialIn.roomOf", () => derivedAnew().roomOf("123456"));
  await during("dialIn.rolePin", () => derivedAnew().rolePin("ic"));
  await during("dialIn.emergency", () => derivedAnew().emergency("123456"));
}

const answers: Readonly<Record<string, unknown>> = {
  GetQueueAttributes: { Attributes: { ApproximateNumberOfMessages: "2" } },
  PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: "e" }] },
  GetParameter: {
    Parameter: {
      Value: JSON.stringify({ accountSid: "AC0", authToken: "t", key: "k".repeat(32), clientSecret: "s" }),
    },
  },
};
