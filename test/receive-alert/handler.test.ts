// The entrance for alerts: who may come in, what is refused and how, and what a 202 stands for.
import { beforeEach, describe, expect, test } from "vitest";
import { make } from "../../functions/receive-alert/handler.ts";
import { anEntrance, hostile, listening, type Posted, posted, type Said } from "../support/intake.ts";

const key = "anything-key-0001";
let hub: Awaited<ReturnType<typeof anEntrance>>;
let said: Said;
let receive: (
  body: unknown,
  how?: Posted,
) => Promise<{ status: number; body: Answer; headers: Record<string, unknown> }>;

interface Answer {
  readonly alerts: readonly { readonly id: string; readonly verdict?: string }[];
  readonly type: string;
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly warnings?: readonly { readonly field: string; readonly message: string }[];
}

beforeEach(async () => {
  hub = await anEntrance();
  said = listening();
  const handler = make(hub);
  receive = async (body, how) => {
    const result = await handler(posted(body, { key, ...how }), said.tools);
    return {
      status: result.statusCode ?? 0,
      body: JSON.parse(result.body ?? "{}") as Answer,
      headers: { ...result.headers },
    };
  };
});

const stored = async (id: string | undefined) => (await hub.alerts.read([id ?? ""]))[0];

describe("who may come in", () => {
  test("the key opens its source from the path, as a bearer token, and as x-api-key", async () => {
    const alert = { title: "checkout down" };
    expect((await receive(alert)).status).toBe(202);
    const bare = posted(alert, { headers: { authorization: `Bearer ${key}` } });
    expect((await make(hub)(bare, said.tools)).statusCode).toBe(202);
    const named = posted(alert, { headers: { "X-Api-Key": "anything-key-0002" } });
    expect((await make(hub)(named, said.tools)).statusCode).toBe(202);
  });

  test.each([
    ["a wrong key", { key: "wrong-key-00000001" }],
    ["no key", { key: "" }],
    ["the key of another source", { key: "prometheus-key-0001" }],
    ["an unknown source", { source: "nobody" }],
    ["a source named like a property of every object", { source: "constructor" }],
    ["a source with no end", { source: "a".repeat(10_000) }],
    ["a source without any key", { source: "aws" }],
  ])("%s gets the one answer that tells nothing", async (_case, how) => {
    const refused = await receive({ title: "x" }, how);
    const other = await receive({ title: "x" }, { source: "anything", key: "another-wrong-key" });
    expect(refused).toEqual(other);
    expect(refused.status).toBe(401);
    expect(refused.headers["content-type"]).toBe("application/problem+json");
  });

  test("at a source that is there counts as refused alerts of it, and elsewhere rings nobody", async () => {
    await receive({ title: "x" }, { key: "another-wrong-key" });
    await receive({ title: "x" }, { key: "" });
    expect(said.counted).toEqual(["RefusedIntake", "RefusedIntake"]);
    await receive({ title: "x" }, { source: "nobody" });
    await receive({ title: "x" }, { source: "constructor" });
    expect(said.counted.slice(2)).toEqual(["UnknownSource", "UnknownSource"]);
  });

  test("a key never reaches the log", async () => {
    await receive({ title: "x" });
    await receive({ title: "x" }, { key: "wrong-key-00000001" });
    expect(said.lines.join()).not.toMatch(/wrong-key|anything-key/);
  });

  test("only POST is taken", async () => {
    expect((await receive({ title: "x" }, { method: "GET" })).status).toBe(405);
  });
});

describe("what a 202 stands for", () => {
  test("the alert is in the store, routed and named", async () => {
    const { status, body } = await receive({
      title: "Payments fail",
      service: "checkout",
      labels: { cluster: "eu/1" },
      severity: "critical",
    });
    expect(status).toBe(202);
    expect(body.alerts).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{26}$/), verdict: "accepted" }]);
    expect(await stored(body.alerts[0]?.id)).toMatchObject({
      source: "anything",
      service: "checkout",
      correlation: "checkout/cluster=eu%2F1",
      severity: "critical",
      title: "Payments fail",
      drill: false,
    });
  });

  test("the same alert again is a duplicate with the same id", async () => {
    const first = await receive({ title: "disk full" });
    const second = await receive({ title: "disk full" });
    expect(second.body.alerts).toEqual([{ id: first.body.alerts[0]?.id, verdict: "duplicate" }]);
  });

  test("copies in one request are folded into one alert with their number", async () => {
    const { body } = await receive(Array.from({ length: 7 }, () => ({ title: "disk full" })));
    expect(body.alerts).toHaveLength(1);
    expect((await stored(body.alerts[0]?.id))?.count).toBe(7);
  });

  test.each([
    ["by its header", "anything", { "x-muster-drill": "true" }, key],
    ["by its source", "drills", {}, "drill-key-00000001"],
  ])(
    "a drill, marked %s, never shares an id or an incident with the real thing",
    async (_by, source, headers, itsKey) => {
      const drill = await stored(
        (await receive({ title: "t", dedup_key: "k" }, { source, headers, key: itsKey })).body.alerts[0]?.id,
      );
      const real = await stored((await receive({ title: "t", dedup_key: "k" })).body.alerts[0]?.id);
      expect(drill).toMatchObject({ drill: true, correlation: "drill/website" });
      expect(real).toMatchObject({ drill: false, correlation: "website" });
      expect(drill?.id).not.toBe(real?.id);
    },
  );

  test("more than 100 alerts are stored and answered, and taken afterwards", async () => {
    const { status, body } = await receive(
      Array.from({ length: 101 }, (_, n) => ({ title: `disk ${n} full` })),
    );
    expect(status).toBe(202);
    expect(body.alerts).toHaveLength(101);
    expect(body.alerts[0]).toEqual({ id: expect.any(String) });
    expect(await stored(body.alerts[0]?.id)).toBeUndefined();
  });

  test("an empty group is taken, and is nothing", async () => {
    expect(await receive({ alerts: [] }, { source: "prometheus", key: "prometheus-key-0001" })).toMatchObject(
      { status: 202, body: { alerts: [] } },
    );
  });
});

describe("what is refused", () => {
  test.each([
    ["text", "hello", 1, 1],
    ["nothing", "", 1, 1],
    ["a cut-off object", '{"title": "x"', 1, 14],
    ["a trailing comma", '{\n  "title": "x",\n}', 3, 1],
    ["a misspelt word", '{"title": tru}', 1, 11],
    ["a line break inside text", '{"title": "a\nb"}', 1, 11],
    ["two values", '{"title": "x"} {}', 1, 16],
  ])("%s is no JSON, and the place is named", async (_case, body, line, column) => {
    const refused = await receive(body);
    expect(refused).toMatchObject({ status: 400, body: { type: "urn:muster:problem:body-not-json" } });
    expect(refused.body.detail).toContain(`line ${line}, column ${column} `);
  });

  test.each(["[", '{"a":'])("a body 10,000 levels deep (%s) is refused before it is parsed", async (open) => {
    const close = open === "[" ? "]" : "}";
    const refused = await receive(`${open.repeat(10_000)}1${close.repeat(10_000)}`);
    expect(refused).toMatchObject({ status: 400, body: { type: "urn:muster:problem:body-too-deep" } });
    expect(refused.body.detail).toContain("More than 64 levels at line 1");
  });

  test("brackets inside text are no depth", async () => {
    expect((await receive({ title: `${"[".repeat(100)}\\" ${"{".repeat(100)}` })).status).toBe(202);
  });

  test("50 MB is too large, plain or in base64", async () => {
    const large = "x".repeat(50 * 1024 * 1024);
    expect((await receive(large)).status).toBe(413);
    expect((await receive("", { bytes: Buffer.from(large) })).status).toBe(413);
  });

  test.each([
    ["multipart/form-data; boundary=x", 415],
    ["application/xml", 415],
    ["text/xml; charset=utf-8", 415],
    ["image/png", 415],
    ["text/json", 202],
    ["text/plain; charset=utf-8", 202],
    ["application/vnd.alert+json; v=1", 202],
    ["application/octet-stream", 202],
    ["binary/octet-stream", 202],
    ["json", 202],
    ["application/json; charset=utf-8", 202],
    ["application/cloudevents+json", 202],
    ["application/x-www-form-urlencoded", 202],
    ["", 202],
  ])("content type %j is answered with %i", async (type, status) => {
    expect((await receive({ title: "x" }, { headers: { "content-type": type } })).status).toBe(status);
  });

  test("a list in which nothing says anything names each of its entries", async () => {
    const refused = await receive(["text", {}, { title: null, labels: {} }, null]);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ field }) => field)).toEqual(["[0]", "[1].title", "[2].title", "[3]"]);
    expect(said.counted).toEqual(["RefusedIntake"]);
  });

  test("at most 20 problems are listed, and the rest is counted", async () => {
    const refused = await receive(Array.from({ length: 50 }, () => ({})));
    expect(refused.body.errors).toHaveLength(21);
    expect(refused.body.errors.at(-1)?.message).toBe("and 30 more problems");
  });

  test.each(["null", "7", '"x"', "true"])("%s is JSON, but no alert", async (body) => {
    expect((await receive(body)).status).toBe(422);
  });
});

describe("what is odd", () => {
  test("loses no alert: what can be read is taken, and what was done is said in the answer and to the operator", async () => {
    const { status, body } = await receive([
      { title: "good", dedup_key: "good" },
      { title: 7 },
      { title: "x", labels: { a: { b: 1 } }, since: "soon", dedup_key: 12 },
      "text",
      {},
    ]);
    expect(status).toBe(202);
    expect(body.alerts.map(({ verdict }) => verdict)).toEqual(["accepted", "accepted", "accepted"]);
    expect(body.warnings?.map(({ field }) => field)).toEqual([
      "[1].title",
      "[2].dedup_key",
      "[2].labels.a",
      "[2].since",
      "[3]",
      "[4].title",
    ]);
    expect((await hub.alerts.detail(body.alerts[2]?.id ?? ""))?.labels).toEqual({ a: '{"b":1}' });
    expect(said.counted).toEqual(["OddIntake"]);
    expect(said.lines.join()).toContain("[2].since is not a time");
  });

  test("that is nothing odd is not said", async () => {
    expect(
      (await receive({ title: "x", labels: { disk: 1, raid: true, note: null } })).body,
    ).not.toHaveProperty("warnings");
    expect(said.counted).toEqual([]);
  });

  test("that somebody has it is said to the sender, and is nothing that the operator has to look at", async () => {
    const { status, body } = await receive({ title: "x", status: "acknowledged" });
    expect(status).toBe(202);
    expect(body).toMatchObject({ alerts: [], warnings: [{ message: expect.stringContaining("neither") }] });
    expect(said.counted).toEqual([]);
  });

  test("of one alert of a group leaves the other one as it is", async () => {
    const { status, body } = await receive(
      {
        status: "firing",
        alerts: [
          {
            status: "firing",
            labels: { alertname: "CheckoutDown", service: "checkout", severity: "critical" },
          },
          { status: "firing", labels: { alertname: "ShardSlow", shard: 3 } },
        ],
      },
      { source: "prometheus", key: "prometheus-key-0001" },
    );
    expect(status).toBe(202);
    expect(body.alerts).toHaveLength(2);
    expect(body.warnings).toEqual([
      { field: "alerts[1].labels.shard", message: "is a number, taken as text; write it as text" },
    ]);
  });

  test("the name of a source stands in the title of what can't be read", async () => {
    const { body } = await receive({ weather: "storm", service: "checkout" });
    expect(await stored(body.alerts[0]?.id)).toMatchObject({
      title: "Unreadable alert from anything",
      status: "firing",
      service: "checkout",
    });
  });
});

describe("hostile strings", () => {
  const fields = ["title", "status", "severity", "service", "dedup_key", "description", "link", "since"];

  test.each(fields)("in %s are refused by name or taken inert, never a fault", async (field) => {
    for (const text of hostile) {
      const { status, body } = await receive({
        title: "t",
        dedup_key: "k",
        [field]: text,
        labels: { [text]: text },
      });
      expect([202, 422], `${field} ${JSON.stringify(text).slice(0, 40)}`).toContain(status);
      if (status === 422) expect(body.errors.map((error) => error.field)).toEqual([field]);
      const alert = status === 202 ? await stored(body.alerts[0]?.id) : undefined;
      expect(alert?.title ?? "").not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect((alert?.title ?? "").length).toBeLessThanOrEqual(300);
      expect((alert?.correlation ?? "").length).toBeLessThanOrEqual(256);
    }
  });

  test("of an unlimited number of labels 64 are kept, and the number left out is shown", async () => {
    const labels = Object.fromEntries(
      Array.from({ length: 1000 }, (_, n) => [`label${n}`, "x".repeat(5000)]),
    );
    const { body } = await receive({ title: "t", labels });
    const detail = await hub.alerts.detail(body.alerts[0]?.id ?? "");
    expect(Object.keys(detail?.labels ?? {})).toHaveLength(64);
    expect(detail?.labels).toMatchObject({ labels_left_out: "937", label0: `${"x".repeat(999)}…` });
  });

  test("a long label that groups makes a key of bounded length that still tells alerts apart", async () => {
    const keyOf = async (cluster: string) =>
      (
        await stored(
          (
            await receive({ title: cluster.slice(-1), service: "checkout", labels: { cluster } })
          ).body.alerts[0]?.id,
        )
      )?.correlation;
    const [a, b] = [await keyOf(`${"ü".repeat(900)}a`), await keyOf(`${"ü".repeat(900)}b`)];
    expect(a).toMatch(/^checkout\/~[0-9a-f]{32}$/);
    expect(a).not.toBe(b);
  });
});

test("a storm of 12,000 alerts in 7.8 MB is taken in one request", async () => {
  const alerts = Array.from({ length: 12_000 }, (_, n) => ({
    status: "firing",
    labels: {
      alertname: "NodeDown",
      instance: `node-${n}.example:9100`,
      job: "node",
      service: "checkout",
      severity: "critical",
      filler: "x".repeat(220),
    },
    annotations: { summary: `node-${n} is down`, description: "y".repeat(120) },
    startsAt: "2026-11-03T01:14:00.123456789Z",
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus.example:9090/graph?g0.expr=up+%3D%3D+0",
    fingerprint: n.toString(16).padStart(16, "0"),
  }));
  const { status, body } = await receive(
    { version: "4", status: "firing", alerts },
    { source: "prometheus", key: "prometheus-key-0001" },
  );
  expect(status).toBe(202);
  expect(new Set(body.alerts.map(({ id }) => id)).size).toBe(12_000);
});
