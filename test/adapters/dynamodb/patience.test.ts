// A busy table is asked again, a few times; a socket on which nobody answers is given up before the page is late.
import { createServer, type Server, type Socket } from "node:net";
import { ThrottlingException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test } from "vitest";
import { type Access, patiently } from "../../../functions/adapters/dynamodb/access.ts";
import { dynamoClient } from "../../../functions/adapters/dynamodb/client.ts";
import { get } from "../../../functions/adapters/dynamodb/items.ts";
import { localSettings } from "../../support/dynamodb-table.ts";

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: "cancelled",
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const refusing = (errors: readonly Error[]) => {
  let calls = 0;
  return {
    calls: () => calls,
    call: async () => {
      const error = errors[calls++];
      if (error !== undefined) throw error;
      return "done";
    },
  };
};

test("a write that another one was just in the way of is tried again", async () => {
  const throttled = new ThrottlingException({ $metadata: {}, message: "slow down" });
  const { call, calls } = refusing([cancelled("None", "TransactionConflict"), throttled]);
  expect(await patiently(call)).toBe("done");
  expect(calls()).toBe(3);
});

test("a failed condition is an answer and is not tried again", async () => {
  const answer = cancelled("TransactionConflict", "ConditionalCheckFailed");
  const { call, calls } = refusing([answer]);
  await expect(patiently(call)).rejects.toBe(answer);
  expect(calls()).toBe(1);
});

test("a table that stays busy is given up after eight tries, with its own words", async () => {
  const { call, calls } = refusing(Array.from({ length: 20 }, () => cancelled("TransactionConflict")));
  await expect(patiently(call)).rejects.toThrow("cancelled");
  expect(calls()).toBe(8);
});

let server: Server | undefined;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

test("a socket on which nobody answers is given up within the lease of a page", {
  timeout: 20_000,
}, async () => {
  const silent = createServer((socket) => void sockets.push(socket));
  server = silent;
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = dynamoClient(localSettings(`http://127.0.0.1:${port}`));
  const access: Access = { client, table: "t" };
  const begun = performance.now();
  await expect(get(access, { pk: "a", sk: "b" })).rejects.toThrow(/tim/i);
  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(sockets.length).toBeGreaterThanOrEqual(1);
  client.destroy();
});
