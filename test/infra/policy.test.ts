// Least privilege, held against the calls that the adapters really make: nothing is missing, and nothing is granted that
// no promise of the function's row needs.
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { type AwsServer, awsServer } from "../support/aws-server.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { type LocalTable, localTable } from "../support/dynamodb-table.ts";
import { type Call, recorder } from "../support/record-aws.ts";
import { arnsIn } from "./support/arns.ts";
import { drawing } from "./support/drawing.ts";
import { grantedTo, missing, unused } from "./support/policy.ts";
import { carryOutAll } from "./support/promises.ts";

// With all that may be left out, so that there is something to be granted.
const { plain, dressed: template } = drawing();
const rows: Readonly<Record<string, Subscription>> = subscriptions;
const arnOf = arnsIn(template);

describe.skipIf(withoutJava !== undefined)(`by its policy ${withoutJava ?? ""}`.trim(), () => {
  const recorded = recorder();
  let table: LocalTable;
  let aws: AwsServer;

  beforeAll(async () => {
    [table, aws] = await Promise.all([dynamodbLocal(inject("runDirectory")).then(localTable), awsServer()]);
    await carryOutAll(recorded, table, aws);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([table.drop(), aws.stop()]);
  });

  const callsOf = (name: string): readonly Call[] => {
    const { uses, only, reads, writes, carries = ["incident"] } = rows[name] as Subscription;
    return recorded.names().flatMap((promise) => {
      const [port, method] = promise.split(".") as [Subscription["uses"][number], string];
      if (!uses.includes(port)) return [];
      if ((only?.[port] as readonly string[] | undefined)?.includes(method) === false) return [];
      if (port !== "journal" && port !== "leases") return recorded.callsOf(promise);
      const ofJournal = method === "load" || method === "history" ? reads : writes;
      const kinds = port === "leases" ? carries : ofJournal;
      return recorded.callsOf(promise).filter(({ keys }) => isOf(kinds ?? ["incident", "person"], keys));
    });
  };
  // Names and leases are no streams: whoever commits takes the ones, and whoever carries the others.
  const isOf = (kinds: readonly string[], keys: readonly string[]): boolean =>
    keys.every((key) => /^(claim|lease)#/.test(key) || kinds.includes(key.split("/")[0] ?? ""));

  test.each(Object.keys(rows))("%s may make every call that its ports make", (name) => {
    expect(missing(grantedTo(template, name), callsOf(name), arnOf)).toEqual([]);
  });

  test.each(Object.keys(rows))("%s may make no other call", (name) => {
    // What redriving may do to one queue it may do to all of them; the calls were made for one.
    const calls = callsOf(name).flatMap((call) =>
      arnOf.queues(call.resource).map((resource) => ({ ...call, resource })),
    );
    expect(unused(grantedTo(template, name), calls, arnOf)).toEqual([]);
  });
});

// Whether AWS asks for the keys of a transaction item by item or all at once is written nowhere: so it holds either way.
test.each(Object.keys(rows))(
  "%s has each action on a resource in one statement, with all its kinds of items",
  (name) => {
    const each = grantedTo(template, name).flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`)),
    );
    expect(each.filter((one, place) => each.indexOf(one) !== place)).toEqual([]);
  },
);

describe("the judge", () => {
  const granted = grantedTo(template, "receive-alert");
  const call = (action: string, key: string, resource = "table"): Call => ({ action, resource, keys: [key] });

  test("misses a grant that is not there: another action, another kind of item, another index", () => {
    const refused = [
      call("dynamodb:Scan", "alert#a"),
      call("dynamodb:PutItem", "incident/i"),
      call("dynamodb:PutItem", "config"),
      call("dynamodb:Query", "open", "index/listing"),
    ];
    expect(missing(granted, [...refused, call("dynamodb:PutItem", "alert#a")], arnOf)).toEqual(refused);
  });

  test("finds a grant that nobody uses", () => {
    expect(unused(granted, [call("dynamodb:UpdateItem", "alert#a")], arnOf).join("\n")).toMatch(
      /dynamodb:PutItem .*alert#\*/,
    );
  });

  test("a batch is refused when one of its keys is", () => {
    const batch: Call = {
      action: "dynamodb:BatchGetItem",
      resource: "table",
      keys: ["incident/a", "config"],
    };
    expect(missing(grantedTo(template, "show-incidents"), [batch], arnOf)).toEqual([batch]);
  });

  test("a way that the operator did not set up is granted to nobody", () => {
    for (const name of Object.keys(rows))
      expect(JSON.stringify(grantedTo(plain, name))).not.toContain("sms-voice:");
  });

  test("a function without a port that calls AWS is granted nothing", () => {
    expect(grantedTo(template, "show-post")).toEqual([]);
  });
});
