// The command line, run as a user runs it: words in, lines and an exit code out. The hub is a real HTTP server.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { make } from "../../../functions/receive-alert/handler.ts";
import { run } from "../../../infra/cli/run.ts";
import { anEntrance, config, listening, posted } from "../../support/intake.ts";

const files = new Map<string, string>();
let answer: (request: IncomingMessage, body: string) => Promise<{ status: number; body: string }>;
let asked: {
  method: string | undefined;
  url: string | undefined;
  body: string;
  authorization: string | undefined;
}[];
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  files.clear();
  files.set("muster.yaml", config);
  asked = [];
  answer = async () => ({ status: 200, body: "{}" });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    asked.push({
      method: request.method,
      url: request.url,
      body,
      authorization: request.headers.authorization,
    });
    const given = await answer(request, body);
    response.writeHead(given.status, { "content-type": "application/json" }).end(given.body);
  };
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function muster(line: string, colour = false) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(
    line.split(" ").filter((word) => word !== ""),
    {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      read: async (file) => files.get(file),
      write: () => Promise.reject(new Error("Nothing here writes a file")),
      aws: {},
      program: () => Promise.reject(new Error("no program is run here")),
      env: {
        MUSTER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        MUSTER_TOKEN: "token-of-ada",
      },
      fetch,
      colour,
    },
  );
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("check", () => {
  test("a right file is ok, with its version", async () => {
    expect(await muster("check")).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^ok {2}muster.yaml: 2 people, 2 services, 4 sources, version [0-9a-f]{20}$/,
      ),
    });
  });

  test("a mistake is shown in its line, with a caret below it and what to do", async () => {
    files.set("mine.yaml", config.replace("Europe/Stockholm", "Europe/Stokholm"));
    const { code, err } = await muster("check mine.yaml");
    expect(code).toBe(1);
    const [place, excerpt = "", caret = "", advice] = err.split("\n");
    expect(place).toBe('mine.yaml:5:36 error there is no time zone "Europe/Stokholm"');
    expect(excerpt.slice(caret.indexOf("^"))).toMatch(/^Europe\/Stokholm/);
    expect(advice).toBe('  = people.linus.time_zone: did you mean "Europe/Stockholm"?');
    expect(err).toContain("1 problem in mine.yaml");
  });

  test("a step that no level has time for is a warning in its line, and the file is ok", async () => {
    const late =
      'sms: "+447700900001", voice: "+447700900001", rules: { low: [sms, { method: voice, after: 10m }] }';
    files.set("late.yaml", config.replace('sms: "+447700900001"', late));
    const { code, err, out } = await muster("check late.yaml");
    expect([code, out.slice(0, 2)]).toEqual([0, "ok"]);
    expect(err).toMatch(
      /^late\.yaml:4:\d+ warning voice after 10m lies behind the end of every level that names ada; the longest is 5m$/m,
    );
    const json = JSON.parse((await muster("check late.yaml --json")).out);
    expect(json).toMatchObject({
      ok: true,
      problems: [],
      warnings: expect.arrayContaining([
        expect.objectContaining({ line: 4, path: "people.ada.rules.low[1].after" }),
      ]),
    });
  });

  test("--json is for programs", async () => {
    files.set("mine.yaml", config.replace("organisation:", "organization:"));
    const { code, out } = await muster("check mine.yaml --json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [{ line: 2, column: 1 }, { path: "organization" }],
    });
  });

  test("an escape sequence in a file does not reach the terminal", async () => {
    files.set(
      "mine.yaml",
      config.replace("Test Works", '"\\e[2J"').replace("Europe/London", '"\u0085\u001b[2J"'),
    );
    expect((await muster("check mine.yaml")).err).not.toContain("\u001b");
  });

  test("a missing file is said so", async () => {
    expect(await muster("check nowhere.yaml")).toMatchObject({
      code: 1,
      err: "muster: there is no file nowhere.yaml",
    });
  });

  test("colours are for terminals", async () => {
    expect((await muster("check", true)).out).toContain("\u001b[32mok");
    expect((await muster("check", false)).out).not.toContain("\u001b");
  });
});

describe("who", () => {
  test("says who is paged, how and when, and prints no number", async () => {
    const { code, out } = await muster("who checkout");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "Checkout · critical alert · high urgency · policy shop",
      "+0s     level 1",
      "        Ada: sms …01",
      "+5m     level 2",
      "        Linus: sms …05",
      "+10m    nobody took it: catch-all, all ways at once, again every 5m",
      "        Ada: sms …01",
      "        Linus: sms …05",
      "unless somebody answers before.",
    ]);
  });

  test("names a chat account without the end of its address", async () => {
    files.set("chat.yaml", config.replace('sms: "+447700900001"', '$&, teams: "ada@example.com"'));
    expect((await muster("who checkout --config chat.yaml")).out).toContain("        Ada: sms …01, teams\n");
  });

  test("says which ways a level has no time for, and that the catch-all waits for none", async () => {
    files.set(
      "late.yaml",
      config
        .replace(
          'sms: "+447700900001"',
          'phone: "+447700900001", rules: { low: [sms, { method: voice, after: 2m }] }',
        )
        .replace("page: [ada], within: 5m", "page: [ada], within: 2m")
        .replace("page: [linus], within: 5m", "page: [ada], within: 3m"),
    );
    const { out } = await muster("who website --severity warning --config late.yaml");
    expect(out.split("\n").filter((line) => line.includes("Ada:"))).toEqual([
      "        Ada: sms …01, voice …01 after 2m: not reached, the level ends before",
      "        Ada: sms …01, voice …01 after 2m",
      "        Ada: sms …01, voice …01",
    ]);
  });

  test("goes by labels as an alert would", async () => {
    const by = async (line: string) =>
      (JSON.parse((await muster(`${line} --json`)).out) as { service: string }).service;
    expect(await by("who --label service=checkout")).toBe("checkout");
    expect(await by("who --label service=else")).toBe("website");
  });

  test("an unknown service is refused with those that are known", async () => {
    expect(await muster("who nothing")).toMatchObject({
      code: 1,
      err: expect.stringContaining("checkout, website"),
    });
  });
});

describe("against a hub", () => {
  test("send puts an alert into it with the key of the config, and its end with --resolve", async () => {
    const hub = await anEntrance();
    const receive = make(hub);
    answer = async (request, body) => {
      const source = (request.url ?? "").split("/")[2] ?? "";
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const result = await receive(posted(body, { source, headers }), listening().tools);
      return { status: result.statusCode ?? 0, body: result.body ?? "" };
    };
    expect(await muster("send --service checkout")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^accepted {2}alert [0-9a-f]{26}$/),
    });
    expect((await muster("send --service checkout")).out).toMatch(/^duplicate/);
    const ended = JSON.parse((await muster("send --service checkout --resolve --json")).out) as {
      alerts: { id: string }[];
    };
    expect((await hub.alerts.read([ended.alerts[0]?.id ?? ""]))[0]).toMatchObject({
      status: "resolved",
      service: "checkout",
    });
    expect(asked[0]).toMatchObject({ url: "/alerts/anything", authorization: "Bearer anything-key-0001" });
    expect((await muster("send --drill")).code).toBe(0);
    expect(asked.at(-1)?.url).toBe("/alerts/drills");
    const refused = await muster("send --source anything --key wrong-key-00000001");
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining("The source or its key is not known"),
    });
  });

  test.each([
    ["ack 01ABC", "POST", "/api/incidents/01ABC/commands", '{"type":"acknowledge"}'],
    ["resolve 01ABC", "POST", "/api/incidents/01ABC/commands", '{"type":"stand-down"}'],
    ["declare 01ABC", "POST", "/api/incidents/01ABC/commands", '{"type":"declare"}'],
    [
      "declare 01ABC --synopsis Payments --sensitive",
      "POST",
      "/api/incidents/01ABC/commands",
      '{"type":"declare","synopsis":"Payments","sensitive":true}',
    ],
    ["close 01ABC", "POST", "/api/incidents/01ABC/commands", '{"type":"close"}'],
    ["sign-in 01ABC", "POST", "/api/incidents/01ABC/commands", '{"type":"sign-in"}'],
    [
      "report 01ABC --conditions slow --needs network",
      "POST",
      "/api/incidents/01ABC/commands",
      '{"type":"report","conditions":"slow","needs":"network"}',
    ],
    [
      "page 01ABC --person grace",
      "POST",
      "/api/incidents/01ABC/commands",
      '{"type":"page","person":"grace"}',
    ],
    ["page 01ABC --service net", "POST", "/api/incidents/01ABC/commands", '{"type":"page","service":"net"}'],
    ["show ../x --json", "GET", "/api/incidents/..%2Fx", ""],
    ["incidents --json", "GET", "/api/incidents?state=open", ""],
    ["incidents --all --json", "GET", "/api/incidents?state=all", ""],
    ["dead-letters --json", "GET", "/api/dead-letters", ""],
    ["providers --json", "GET", "/api/providers", ""],
    ["redrive", "POST", "/api/dead-letters/redrive", "{}"],
  ])("%s asks %s %s", async (line, method, url, body) => {
    answer = async () => ({
      status: 200,
      body: JSON.stringify({ incidents: [], letters: [], providers: [], redriven: 3 }),
    });
    expect((await muster(line)).code).toBe(0);
    expect(asked).toEqual([{ method, url, body, authorization: "Bearer token-of-ada" }]);
  });

  test("providers are told in a line each", async () => {
    const providers = [
      { id: "twilio", name: "Twilio", state: "resting", text: "is left alone for another 20 seconds." },
      { id: "aws", name: "The second carrier", state: "well", text: "is \u001b[31mwell." },
    ];
    answer = async () => ({ status: 200, body: JSON.stringify({ providers }) });
    expect((await muster("providers")).out.trimEnd().split("\n")).toEqual([
      "Twilio              resting  is left alone for another 20 seconds.",
      "The second carrier  well     is \ufffd[31mwell.",
    ]);
  });

  test("incidents are listed in columns, with nothing in a title that moves the cursor", async () => {
    const incident = {
      id: "01A",
      openedAt: "2026-11-03T01:15:00.000Z",
      severity: "critical",
      phase: "triage",
      service: "checkout",
      title: "a\u001b[2Jb",
      drill: true,
    };
    answer = async () => ({ status: 200, body: JSON.stringify({ incidents: [incident] }) });
    expect((await muster("incidents")).out).toBe(
      "01A  2026-11-03T01:15:00.000Z  critical  triage  checkout  nobody  DRILL “a\ufffd[2Jb”",
    );
  });

  test("an incident that is commanded is shown with its name, who is here and how it stands", async () => {
    answer = async () => ({
      status: 200,
      body: JSON.stringify({
        id: "01A",
        title: "Checkout answers with 500",
        severity: "critical",
        serviceName: "Checkout",
        phase: "declared",
        drill: false,
        alerts: 2,
        codename: "Osprey",
        synopsis: "Payments\u001b[2J fail",
        sensitive: true,
        roster: [
          { person: { name: "Ada" }, signedInAt: "2026-11-03T01:20:00.000Z" },
          { person: { name: "Grace" }, promisedFor: "2026-11-03T01:40:00.000Z" },
        ],
        can: {
          conditions: "Half of them fail",
          actions: "",
          needs: "Network",
          at: "2026-11-03T01:30:00.000Z",
          by: { name: "Ada" },
        },
        nextUpdateDue: "2026-11-03T02:30:00.000Z",
        pages: [],
        timeline: [],
      }),
    });
    expect((await muster("show 01A")).out.trimEnd().split("\n")).toEqual([
      "“Checkout answers with 500”",
      "critical · Checkout · declared · 2 alerts · owner nobody",
      "Osprey (sensitive): “Payments\ufffd[2J fail”",
      "here: Ada",
      "report by Ada, 2026-11-03T01:30:00.000Z · next update due 2026-11-03T02:30:00.000Z",
      "  conditions: “Half of them fail”",
      "  needs: “Network”",
    ]);
  });

  test("what is wrong with an order is said once, field by field", async () => {
    answer = async () => ({
      status: 400,
      body: JSON.stringify({
        title: "This is no order",
        detail: '"needs" has to be short.',
        errors: [
          { field: "needs", message: "has to be short" },
          { field: "actions", message: "has to be a text" },
        ],
      }),
    });
    expect(await muster("report 01A --needs x")).toMatchObject({
      code: 1,
      err: 'refused  This is no order: "needs" has to be short.\n  actions has to be a text',
    });
  });

  test("a refusal of the hub is told in its own words, with exit code 1", async () => {
    answer = async () => ({
      status: 409,
      body: JSON.stringify({ title: "The order was not carried out", detail: "Ada has it." }),
    });
    expect(await muster("ack 01ABC")).toMatchObject({
      code: 1,
      err: "refused  The order was not carried out: Ada has it.",
    });
    answer = async () => ({ status: 502, body: "<html>" });
    expect(await muster("ack 01ABC")).toMatchObject({ code: 1, err: "refused  the hub answered 502" });
  });

  test("where no hub answers, the way to start one is named", async () => {
    expect(await muster("incidents --url http://127.0.0.1:1")).toMatchObject({
      code: 1,
      err: expect.stringContaining("npm start"),
    });
  });
});

describe("what a hub answers does nothing to a terminal", () => {
  // An escape sequence in both forms, text that turns around, what can't be seen, and line breaks.
  const evil = "\u001b[2J\u009b2J\u202e\u2066\u200b\u{e0041}\u2028\nowned";
  const acting = /[^\P{Cc}\n]|[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
  const person = { id: evil, name: evil };
  const incident = {
    id: evil,
    title: evil,
    severity: evil,
    service: evil,
    serviceName: evil,
    phase: evil,
    drill: false,
    alerts: 1,
    openedAt: evil,
    owner: person,
    codename: evil,
    synopsis: evil,
    roster: [{ person, signedInAt: evil }],
    can: { conditions: evil, actions: evil, needs: evil, at: evil, by: person },
    nextUpdateDue: evil,
    pages: [{ person, state: evil, code: evil }],
    timeline: [{ at: evil, text: evil }],
    bridge: {
      state: "open",
      number: evil,
      pin: evil,
      returning: false,
      callers: [{ call: evil, person, name: evil, presence: "in", muted: false, since: evil }],
      callIns: [{ person, state: "wanted" }],
    },
  };
  const answers = {
    ...incident,
    incidents: [{ ...incident, owner: evil }],
    letters: [{ id: evil, function: evil, reason: evil, at: 0 }],
    providers: [{ name: evil, state: evil, text: evil }],
    ready: false,
    people: 1,
    findings: [{ standing: "problem", about: evil, says: evil, advice: evil, since: evil }],
    alerts: [{ id: evil, verdict: evil }],
    redriven: evil,
  };
  const refusal = { title: evil, detail: evil, errors: [{ field: evil, message: evil }] };
  const lines = [
    "incidents",
    "show i1",
    "bridge who i1",
    "dead-letters",
    "redrive",
    "providers",
    "ready",
    "ack i1",
    "report i1 --conditions x",
    "send --source anything --key k --title x",
  ];

  test.each(lines.flatMap((line) => [line, `${line} --json`]))("%s", async (line) => {
    for (const [status, body] of [
      [200, answers],
      [409, refusal],
    ] as const) {
      // Of one incident the alerts are a number.
      const told = line.startsWith("show") ? { ...answers, alerts: 1 } : body;
      answer = async () => ({ status, body: JSON.stringify(status === 200 ? told : refusal) });
      const { out, err } = await muster(line);
      // An order that was given says no more than that.
      if (status !== 200 || !/^(ack|report)/.test(line)) expect(`${out}${err}`).toContain("owned");
      expect(`${out}\n${err}`).not.toMatch(acting);
      // None of it is a line of its own.
      for (const each of `${out}\n${err}`.split("\n")) expect(each).not.toMatch(/^owned/);
    }
  });
});

describe("what is not understood", () => {
  test.each([
    "",
    "nope",
    "check --nope",
    "show",
    "show a b",
    "who --severity purple",
    "send --label x",
    "check --json=yes",
    "report 01ABC",
    "page 01ABC",
    "page 01ABC --person grace --service net",
    "declare",
  ])("%j exits with 2", async (line) => {
    expect(await muster(line)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("muster") });
  });

  test.each([
    "check",
    "who",
    "key",
    "send",
    "incidents",
    "show",
    "ack",
    "resolve",
    "declare",
    "sign-in",
    "report",
    "page",
    "close",
    "redrive",
    "dead-letters",
    "providers",
    "schema",
  ])("%s --help says what it does", async (name) => {
    expect(await muster(`${name} --help`)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`muster ${name}`),
    });
  });
});

test("a new key fits the config, and its hash opens what the key opens", async () => {
  const { key, key_sha256 } = JSON.parse((await muster("key --json")).out) as Record<string, string>;
  files.set("muster.yaml", config.replace("key: prometheus-key-0001", `key_sha256: ${key_sha256}`));
  expect((await muster("check")).code).toBe(0);
  const hub = await anEntrance(files.get("muster.yaml"));
  const result = await make(hub)(
    posted({ alerts: [] }, { source: "prometheus", key: key ?? "" }),
    listening().tools,
  );
  expect(result.statusCode).toBe(202);
});

describe("bridge", () => {
  const room = {
    state: "open",
    number: "+12025550100",
    pin: "123456",
    recorded: true,
    returning: false,
    callers: [
      {
        call: "CA1",
        person: { id: "ada" },
        name: "Ada",
        presence: "in",
        muted: true,
        since: "2026-11-21T02:00:00.000Z",
      },
      {
        call: "CA2",
        name: "a caller ending in 0101",
        presence: "in",
        muted: false,
        since: "2026-11-21T02:01:00.000Z",
      },
      {
        call: "CA3",
        person: { id: "joan" },
        name: "Joan",
        presence: "left",
        muted: false,
        since: "2026-11-21T02:02:00.000Z",
      },
    ],
    callIns: [
      { person: { name: "Linus" }, state: "handed" },
      { person: { name: "Ada" }, state: "admitted" },
    ],
  };
  const withRoom = () => {
    answer = async ({ method }) => ({
      status: 200,
      body: JSON.stringify(method === "GET" ? { bridge: room } : { outcome: "done", version: 7 }),
    });
  };
  const ordered = () =>
    asked.filter(({ method }) => method === "POST").map(({ url, body }) => [url, JSON.parse(body)]);

  test("who: the way in, who is in the room, who is being called", async () => {
    withRoom();
    const { code, out } = await muster("bridge who i1");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "open · dial +12025550100 · PIN 123456 · recorded",
      "ada  Ada                      muted  2026-11-21T02:00:00.000Z",
      "CA2  a caller ending in 0101         2026-11-21T02:01:00.000Z",
      "being called: Linus",
    ]);
    expect(JSON.parse((await muster("bridge who i1 --json")).out)).toEqual(room);
  });

  test("who: an incident without a bridge", async () => {
    answer = async () => ({
      status: 200,
      body: JSON.stringify({ bridge: { state: "none", returning: false, callers: [], callIns: [] } }),
    });
    expect(await muster("bridge who i1")).toMatchObject({ code: 0, out: "no bridge was opened" });
  });

  test("open, end, return and call-in become orders", async () => {
    withRoom();
    for (const line of ["open i1", "call-in i1", "call-in i1 linus", "return i1", "end i1"])
      expect((await muster(`bridge ${line}`)).code).toBe(0);
    const url = "/api/incidents/i1/commands";
    expect(ordered()).toEqual([
      [url, { type: "open-bridge" }],
      [url, { type: "call-in" }],
      [url, { type: "call-in", person: "linus" }],
      [url, { type: "return-to-chat" }],
      [url, { type: "end-bridge" }],
    ]);
  });

  test("who: callers who wait stand first, and let-in names one of them", async () => {
    const waiting = {
      call: "CA9",
      name: "a caller ending in 0171",
      presence: "waiting",
      muted: false,
      since: "2026-11-21T02:03:00.000Z",
    };
    answer = async ({ method }) => ({
      status: 200,
      body: JSON.stringify(
        method === "GET"
          ? { bridge: { ...room, state: "none", callers: [waiting] } }
          : { outcome: "done", version: 7 },
      ),
    });
    expect((await muster("bridge who i1")).out).toContain(
      "waits to be let in  CA9  a caller ending in 0171  2026-11-21T02:03:00.000Z",
    );
    expect((await muster("bridge let-in i1 CA9")).code).toBe(0);
    expect(ordered().map(([, order]) => order)).toEqual([{ type: "let-in", call: "CA9" }]);
  });

  test("mute, unmute and remove take a call, or the id of whoever calls", async () => {
    withRoom();
    for (const line of ["unmute i1 ada", "mute i1 CA2", "remove i1 joan"])
      expect((await muster(`bridge ${line}`)).code).toBe(0);
    expect(ordered().map(([, order]) => order)).toEqual([
      { type: "unmute", call: "CA1" },
      { type: "mute", call: "CA2" },
      { type: "remove", call: "joan" },
    ]);
  });

  test("what is not understood orders nothing", async () => {
    withRoom();
    for (const [line, why] of [
      ["dance i1", '"dance" is none of who, open'],
      ["mute i1", "mute wants to know WHOM"],
      ["end i1 ada", '"ada" is too much'],
      ["who", "expected ACT ID [WHOM]"],
    ] as const)
      expect(await muster(`bridge ${line}`)).toMatchObject({ code: 2, err: expect.stringContaining(why) });
    expect(asked).toEqual([]);
  });

  test("a refusal is said and exits with 1", async () => {
    answer = async () => ({
      status: 403,
      body: JSON.stringify({ title: "The order was not carried out", detail: "somebody else is in command" }),
    });
    expect(await muster("bridge end i1")).toMatchObject({
      code: 1,
      err: "refused  The order was not carried out: somebody else is in command",
    });
  });

  test("--help lists the acts", async () => {
    const { code, out } = await muster("bridge --help");
    expect(code).toBe(0);
    for (const act of ["who", "open", "call-in", "mute", "unmute", "remove", "return", "end"])
      expect(out).toMatch(new RegExp(`^ {4}${act} `, "m"));
  });
});
