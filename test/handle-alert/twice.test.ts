// The bus brings everything at least once, and sometimes late: the second time tells nobody anything new.
import { beforeEach, expect, test } from "vitest";
import { secureMint } from "../../functions/adapters/aws/mint.ts";
import type { StreamId } from "../../functions/core/aggregate.ts";
import type { AlertDetailRef } from "../../functions/core/bus.ts";
import { minutes } from "../../functions/core/time.ts";
import { decisions } from "../../functions/decisions.ts";
import { make } from "../../functions/handle-alert/handler.ts";
import { make as receiver } from "../../functions/receive-alert/handler.ts";
import { make as releaser } from "../../functions/release-alerts/handler.ts";
import { anEntrance, listening, posted, records } from "../support/intake.ts";

let hub: Awaited<ReturnType<typeof anEntrance>>;
const { tools } = listening();
beforeEach(async () => {
  hub = await anEntrance();
});

const ports = () => ({ ...hub, mint: secureMint(hub.clock, "A") });
const outage = { title: "Payments time out", severity: "critical" };

/** What the bus has carried so far. */
const messages = (): readonly AlertDetailRef[] =>
  hub.feed.after(0, 1000, new Set(["AlertAccepted"])).rows.map(({ entry }) => entry.detail as AlertDetailRef);
const post = async (body: object = outage): Promise<void> => {
  expect((await receiver(hub)(posted(body, { key: "anything-key-0001" }), tools)).statusCode).toBe(202);
};
const handle = async (message: AlertDetailRef | undefined): Promise<void> => {
  expect(await make(ports())(records({ detail: message }), tools)).toEqual({ batchItemFailures: [] });
};
const open = async (): Promise<readonly StreamId[]> =>
  (await hub.incidents.open(10)).map(({ stream }) => stream);

const standDown = async (stream: StreamId | undefined): Promise<void> => {
  const { incidents } = decisions(ports());
  const by = { kind: "person", id: "ada", via: "web", assurance: "signed-in" } as const;
  const order = {
    id: "s",
    at: hub.clock.now(),
    causeId: "s",
    drill: false,
    actor: by,
    type: "StandDown",
  } as never;
  await incidents.dispatch(stream as `incident/${string}`, order);
  await releaser(hub)(records({ detail: { stream } }), tools);
  expect(await open()).toEqual([]);
};

test("a message that comes again after its incident was stood down opens nothing", async () => {
  await post();
  await handle(messages()[0]);
  await standDown((await open())[0]);
  await handle(messages()[0]);
  expect(await open()).toEqual([]);
});

test("what monitoring says after that opens it anew, however soon it is", async () => {
  await post();
  await handle(messages()[0]);
  await standDown((await open())[0]);
  hub.pass(1);
  await post();
  expect(messages()).toHaveLength(2);
  await handle(messages()[1]);
  expect(await open()).toHaveLength(1);
});

test("a repeat from before the end that comes after it opens nothing; the next one does", async () => {
  await post();
  await handle(messages()[0]);
  hub.pass(minutes(6));
  await post();
  expect(messages()).toHaveLength(2);
  await standDown((await open())[0]);
  await handle(messages()[1]);
  expect(await open()).toEqual([]);
  await post();
  await handle(messages()[2]);
  expect(await open()).toHaveLength(1);
});
