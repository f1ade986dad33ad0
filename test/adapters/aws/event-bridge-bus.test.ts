// The bus on AWS takes a part of a batch and refuses the rest: every rule here is about not losing that rest.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterEach, expect, test } from "vitest";
import { eventBridgeBus } from "../../../functions/adapters/aws/event-bridge-bus.ts";
import type { BusEntry } from "../../../functions/core/bus.ts";
import { type Answer, type AwsServer, awsServer } from "../../support/aws-server.ts";

let aws: AwsServer;
afterEach(() => aws.stop());

const entries = (count: number, bytes = 10): readonly BusEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `stash-${n}`,
    type: "AlertsStashed",
    detail: { stash: "s".repeat(bytes) },
  }));

type Sent = readonly { readonly Detail: string; readonly Resources: readonly string[] }[];
const batches = (): readonly Sent[] => aws.asked.map(({ input }) => input["Entries"] as Sent);
const taken = (sent: Sent): Answer => ({
  body: { FailedEntryCount: 0, Entries: sent.map((_, n) => ({ EventId: `e${n}` })) },
});

async function publish(wanted: readonly BusEntry[], answer: (sent: Sent) => Answer = taken) {
  aws = await awsServer(({ input }) => answer(input["Entries"] as Sent));
  return eventBridgeBus(new EventBridgeClient(aws.client), "muster-bus").publish(wanted);
}

test("an entry goes out under our source, by its type, with its id beside the detail", async () => {
  expect(await publish(entries(1))).toEqual({ failed: [], refused: [] });
  expect(batches()).toEqual([
    [
      {
        EventBusName: "muster-bus",
        Source: "muster",
        DetailType: "AlertsStashed",
        Detail: JSON.stringify({ stash: "ssssssssss" }),
        Resources: ["stash-0"],
      },
    ],
  ]);
});

test("at most ten go out in one call", async () => {
  await publish(entries(23));
  expect(batches().map((sent) => sent.length)).toEqual([10, 10, 3]);
});

test("at most 256 KB go out in one call", async () => {
  await publish(entries(6, 100_000));
  expect(batches().map((sent) => sent.length)).toEqual([2, 2, 2]);
});

test("entries that were refused within an accepted batch are named, and only those", async () => {
  const wanted = entries(4);
  const { failed } = await publish(wanted, (sent) => ({
    body: {
      FailedEntryCount: 2,
      Entries: sent.map((_, n) => (n % 2 === 0 ? { EventId: "e" } : { ErrorCode: "ThrottlingException" })),
    },
  }));
  expect(failed).toEqual([wanted[1], wanted[3]]);
});

test("an entry too large for any call is refused for good, and does not hold up the others", async () => {
  const [large, small] = [entries(1, 300_000), entries(2)];
  expect(await publish([...large, ...small])).toEqual({
    failed: [],
    refused: [{ entry: large[0], reason: "larger than 262144 bytes" }],
  });
  expect(batches().map((sent) => sent.length)).toEqual([2]);
});

test("an entry that the bus will never take is told from one that it does not take now", async () => {
  const codes = ["MalformedDetail", "InternalFailure", "NotAuthorizedForSourceException", undefined];
  const wanted = entries(4);
  const { failed, refused } = await publish(wanted, () => ({
    body: {
      FailedEntryCount: 3,
      Entries: codes.map((ErrorCode) => (ErrorCode === undefined ? { EventId: "e" } : { ErrorCode })),
    },
  }));
  expect(refused).toEqual([{ entry: wanted[0], reason: "MalformedDetail" }]);
  // A deployment may bring the permission that is missing.
  expect(failed).toEqual([wanted[1], wanted[2]]);
});

test("a bus that is away is not asked for batch after batch: all from there on is tried later", async () => {
  let calls = 0;
  const wanted = entries(35);
  const { failed } = await publish(wanted, (sent) =>
    ++calls === 2 ? { status: 503, body: { __type: "InternalException" } } : taken(sent),
  );
  expect(calls).toBe(2);
  expect(failed).toEqual(wanted.slice(10));
});

test("a bus that refuses us is our own mistake, and says which bus", async () => {
  const refused = publish(entries(1), () => ({
    status: 400,
    body: { __type: "AccessDeniedException", message: "no" },
  }));
  await expect(refused).rejects.toThrow(/muster-bus/);
});
