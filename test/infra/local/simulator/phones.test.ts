// The phone simulator against Twilio's real client and Twilio's own signatures: it must be so much like the provider that
// the hub can't tell, and fail exactly as it is told to.
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { simulatedAccount } from "../../../../infra/local/simulator/twilio/account.ts";
import type { SimulatorEvent } from "../../../../infra/local/simulator/twilio/events.ts";
import type { FaultScript } from "../../../../infra/local/simulator/twilio/faults.ts";
import { simulatedPhones } from "../../../support/simulated-phones.ts";
import { twilioClient } from "../../../support/twilio-client.ts";

const { accountSid, authToken, from } = simulatedAccount;
const ada = "+447700900001";
const grace = "+447700900002";
const inboundUrl = "http://hub.invalid/twilio/messages";
const statusCallback = "http://hub.invalid/twilio/reports/i1/page/p1.0.1";

interface Webhook {
  readonly url: string;
  readonly form: Record<string, string>;
  readonly signed: boolean;
}

let webhook: Webhook[];
let twiml: string;
let hubStatus: number;
let phones: Awaited<ReturnType<typeof simulatedPhones>>;
let client: ReturnType<typeof clientWith>;

const clientWith = (password: string) => twilioClient(phones.address, password);

beforeEach(async () => {
  webhook = [];
  twiml = "<Response/>";
  hubStatus = 200;
  phones = await simulatedPhones({
    inboundUrl,
    // Waiting is skipped, its order kept.
    timers: orderly(),
    post: async (url, headers, body) => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const signature = headers["x-twilio-signature"] ?? "";
      webhook.push({ url, form, signed: webhooks.validateRequest(authToken, signature, url, form) });
      return { status: hubStatus, contentType: "text/xml", body: twiml };
    },
  });
  client = clientWith(authToken);
});
afterEach(() => phones.close());

function orderly() {
  let due: { at: number; run: () => void }[] = [];
  return {
    after(ms: number, run: () => void) {
      const entry = { at: ms, run };
      due.push(entry);
      setImmediate(() => {
        const [next] = due.sort((a, b) => a.at - b.at);
        due = due.filter((other) => other !== next);
        next?.run();
      });
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
  };
}

const send = (more: Partial<Parameters<typeof client.messages.create>[0]> = {}) =>
  client.messages.create({ to: ada, from, body: "CRITICAL checkout", ...more });

async function quiet(): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await phones.simulator.settled();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const reports = () =>
  webhook.filter(({ url }) => url === statusCallback).map(({ form }) => form["MessageStatus"]);
const refusedWith = async (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ status, code }: { status: number; code: number }) => ({ status, code }),
  );

describe("as a provider", () => {
  test("a message that Twilio's client sends stands on the phone", async () => {
    const sent = await send();
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(sent.status).toBe("queued");
    expect(phones.simulator.phone(ada).messages).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        direction: "outbound",
        from,
        body: "CRITICAL checkout",
        sid: sent.sid,
        status: expect.any(String),
      },
    ]);
  });

  test("it can be looked at, and listed newest first, page by page", async () => {
    for (let n = 0; n < 5; n++) await send({ body: `number ${n}` });
    await send({ to: grace });
    await quiet();
    const listed = await client.messages.list({ to: ada, pageSize: 2 });
    expect(listed.map(({ body }) => body)).toEqual([
      "number 4",
      "number 3",
      "number 2",
      "number 1",
      "number 0",
    ]);
    expect(await client.messages(listed[0]?.sid ?? "").fetch()).toMatchObject({
      status: "delivered",
      body: "number 4",
    });
    const today = new Date();
    expect(await client.messages.list({ to: ada, dateSentAfter: today })).toHaveLength(5);
    expect(await client.messages.list({ to: ada, dateSentBefore: new Date(0) })).toHaveLength(0);
  });

  test("a wrong password is refused as Twilio refuses it", async () => {
    client = clientWith("wrong");
    expect(await refusedWith(send())).toEqual({ status: 401, code: 20003 });
  });

  test.each([
    [{ to: "+15005550001" }, 21211],
    [{ to: "+15005550002" }, 21612],
    [{ to: "+15005550003" }, 21408],
    [{ to: "+15005550004" }, 21610],
    [{ to: "+15005550009" }, 21614],
    [{ from: "+15005550001" }, 21212],
    [{ from: "+15005550007" }, 21606],
    [{ from: "+15005550008" }, 21611],
    [{ to: "" }, 21604],
    [{ to: "0207 946" }, 21211],
    [{ from: "" }, 21603],
    [{ from: grace }, 21606],
    [{ body: "" }, 21619],
    [{ body: "x".repeat(1601) }, 21617],
    [{ statusCallback: "nowhere" }, 21609],
    [{ validityPeriod: 36_001 }, 21624],
    [{ from: "", messagingServiceSid: `MG${"0".repeat(32)}` }, 21705],
  ])("%o is refused with %i", async (more, code) => {
    expect(await refusedWith(send(more))).toEqual({ status: 400, code });
  });

  test("what is not there is not found", async () => {
    expect(await refusedWith(client.messages(`SM${"0".repeat(32)}`).fetch())).toEqual({
      status: 404,
      code: 20404,
    });
  });

  test("it reports each step, signed as Twilio signs", async () => {
    const { sid } = await send({ statusCallback });
    await quiet();
    expect(reports()).toEqual(["queued", "sent", "delivered"]);
    for (const { form, signed } of webhook) {
      expect(signed).toBe(true);
      expect(form).toMatchObject({ MessageSid: sid, To: ada, From: from, AccountSid: accountSid });
    }
  });
});

describe("as a phone", () => {
  test("a text goes to the hub, signed, and the hub's answer comes back", async () => {
    twiml =
      "<?xml version='1.0'?><Response><Message>You have it &amp; two others stood down.</Message></Response>";
    const said = await phones.simulator.text(ada, "1 A4821");
    expect(said).toMatchObject({ hub: 200, replies: ["You have it & two others stood down."] });
    expect(webhook).toMatchObject([
      { url: inboundUrl, signed: true, form: { From: ada, To: from, Body: "1 A4821", MessageSid: said.sid } },
    ]);
    expect(phones.simulator.phone(ada).messages.map(({ direction, body }) => [direction, body])).toEqual([
      ["inbound", "1 A4821"],
      ["outbound", "You have it & two others stood down."],
    ]);
  });

  test("after STOP nothing is delivered, until START", async () => {
    await phones.simulator.text(ada, "stop");
    expect(phones.simulator.phone(ada).optedOut).toBe(true);
    expect(await refusedWith(send())).toEqual({ status: 400, code: 21610 });
    expect(await refusedWith(send({ to: grace }))).toBeUndefined();
    await phones.simulator.text(ada, "START");
    expect(await refusedWith(send())).toBeUndefined();
  });

  test("YES opts in whoever opted out, and is just a word from everybody else", async () => {
    await phones.simulator.text(ada, "YES");
    expect(phones.simulator.phone(ada).messages).toHaveLength(1);
    await phones.simulator.text(ada, "STOP");
    await phones.simulator.text(ada, "yes");
    expect(phones.simulator.phone(ada).optedOut).toBe(false);
  });

  test("a hub that refuses a text is told of, and the text is kept", async () => {
    hubStatus = 403;
    const events: SimulatorEvent[] = [];
    phones.simulator.subscribe((event) => events.push(event));
    expect(await phones.simulator.text(ada, "1")).toMatchObject({ hub: 403, replies: [] });
    expect(events.map(({ type }) => type)).toEqual(["message", "webhook-failed"]);
  });
});

describe("faults on command", () => {
  const fail = (...faults: FaultScript[]) => phones.simulator.fail(...faults);

  test("each happens as often as it is asked for, to whom it is meant for", async () => {
    fail({ kind: "status", status: 503, to: ada, times: 2 });
    expect(await refusedWith(send({ to: grace }))).toBeUndefined();
    expect(await refusedWith(send())).toEqual({ status: 503, code: 20503 });
    expect(await refusedWith(send())).toEqual({ status: 503, code: 20503 });
    expect(await refusedWith(send())).toBeUndefined();
    expect(phones.simulator.phone(ada).messages).toHaveLength(1);
  });

  test("a connection that breaks after the message was taken leaves it on the phone", async () => {
    fail({ kind: "reset-after" }, { kind: "reset-before" });
    await expect(send()).rejects.toThrow();
    expect(phones.simulator.phone(ada).messages).toHaveLength(1);
    await expect(send()).rejects.toThrow();
    expect(phones.simulator.phone(ada).messages).toHaveLength(1);
  });

  test("a message that is lost on its way is not on the phone, and the report says why", async () => {
    fail({ kind: "undelivered", code: 30005 });
    await send({ statusCallback });
    await quiet();
    expect(phones.simulator.phone(ada).messages).toEqual([]);
    expect(reports()).toEqual(["queued", "sent", "undelivered"]);
    expect(webhook.at(-1)?.form["ErrorCode"]).toBe("30005");
  });

  test("what waits longer than it is worth is not delivered", async () => {
    fail({ kind: "queued", ms: 60_000 });
    await send({ statusCallback, validityPeriod: 30 });
    await quiet();
    expect(phones.simulator.phone(ada).messages).toEqual([]);
    expect(webhook.at(-1)?.form).toMatchObject({ MessageStatus: "failed", ErrorCode: "30036" });
  });

  test.each<[FaultScript["kind"], readonly string[]]>([
    ["reports-lost", []],
    ["reports-doubled", ["queued", "queued", "sent", "sent", "delivered", "delivered"]],
    ["reports-reordered", ["delivered", "sent", "queued"]],
  ])("%s", async (kind, expected) => {
    fail({ kind } as FaultScript);
    await send({ statusCallback });
    await quiet();
    expect(reports()).toEqual(expected);
  });
});

describe("over HTTP", () => {
  const at = (path: string, init?: RequestInit) => fetch(`${phones.address}/simulator/${path}`, init);
  const post = (path: string, body: unknown, headers = {}) =>
    at(path, { method: "POST", body: JSON.stringify(body), headers });

  test("phones are looked at and typed on", async () => {
    await send();
    twiml = "<Response><Message>You have it.</Message></Response>";
    expect(await (await post(`phones/${ada}/text`, { body: "1" })).json()).toMatchObject({ hub: 200 });
    const phone = await (await at(`phones/${encodeURIComponent(ada)}`)).json();
    expect(phone).toMatchObject({
      number: ada,
      calls: [],
      messages: [{ body: "CRITICAL checkout" }, { body: "1", from: ada }, { body: "You have it." }],
    });
    expect(await (await at("phones")).json()).toMatchObject({ phones: [{ number: ada }] });
  });

  test("faults are scripted, listed and cleared", async () => {
    const listed = await post("faults", [
      { kind: "slow", ms: 5 },
      { kind: "status", status: 500, times: 3 },
    ]);
    expect(await listed.json()).toMatchObject({ faults: [{ kind: "slow" }, { kind: "status", times: 3 }] });
    await at("faults", { method: "DELETE" });
    expect(await (await at("faults")).json()).toEqual({ faults: [] });
  });

  test("what happens is streamed to whoever watches", async () => {
    const answer = await at("events");
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await send();
    let seen = "";
    while (!seen.includes("CRITICAL checkout")) seen += (await reader?.read())?.value ?? "";
    expect(seen).toContain('data: {"type":"message"');
    await reader?.cancel();
  });

  test.each([
    ["faults", { kind: "earthquake" }, 400],
    [`phones/${ada}/text`, { text: "1" }, 400],
    ["phones/ada/text", { body: "1" }, 400],
    [`phones/${ada}/shout`, { body: "1" }, 404],
    ["nothing", {}, 404],
  ])("%s %o is refused with %i", async (path, body, status) => {
    const refused = await post(path, body);
    expect([refused.status, refused.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json",
    ]);
  });

  test("a page of another site can't type on these phones", async () => {
    const origin = "https://evil.example.com";
    expect((await post(`phones/${ada}/text`, { body: "1" }, { origin })).status).toBe(403);
    expect((await post(`phones/${ada}/text`, { body: "1" }, { origin: phones.address })).status).toBe(200);
  });

  test("a body without end is not read to the end", async () => {
    const answer = await at("faults", { method: "POST", body: "x".repeat(70_000) }).catch(() => undefined);
    expect(answer?.status ?? 413).toBe(413);
  });
});
