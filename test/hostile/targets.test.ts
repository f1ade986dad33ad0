// What a socket can say to the hub behind a tunnel and on this machine: each request target with each host gets the answer of
// the one route that it names, or a refusal.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDoor, type Door } from "./a-door.ts";

let door: Door;
beforeAll(async () => {
  door = await aDoor("https://hub.example");
}, 30_000);
afterAll(() => door?.close());

const here = "127.0.0.1";
const tunnel = "hub.example";
const key = "demo-anything-key-0001";

const answerTo = (head: string, body = ""): Promise<string> =>
  door.overSocket(`${head}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);

const statusOf = async (head: string, body = ""): Promise<number> =>
  Number(/^HTTP\/1\.1 (\d{3}) /.exec(await answerTo(head, body))?.[1] ?? 0);

/** Each target by GET, with the status under a name of this machine, and under the public name. */
const targets: readonly (readonly [target: string, local: number, outside: number])[] = [
  // What is there.
  ["/", 200, 403],
  ["/api/incidents", 200, 403],
  ["/api/incidents?limit=1", 200, 403],
  ["/api/providers", 200, 403],
  ["/assets/main.js", 200, 403],
  ["/simulator/phones", 200, 403],
  ["/simulator/", 200, 403],
  ["/teams/messages", 200, 403],
  ["/a/not-a-link", 404, 404],
  [`/alerts/anything/${key}`, 405, 405],
  ["/nothing", 404, 403],
  ["/simulatorphones", 404, 403],
  // Climbing out of an entrance.
  ["/alerts/../api/incidents", 400, 400],
  ["/alerts/%2e%2e/api/incidents", 400, 400],
  ["/alerts/%2E%2E/api/incidents", 400, 400],
  ["/alerts/.%2e/api/incidents", 400, 400],
  ["/alerts/x/../../api/incidents", 400, 400],
  ["/alerts/./../api/incidents", 400, 400],
  ["/alerts/..", 400, 400],
  ["/alerts/..;/api/incidents", 404, 403],
  ["/alerts/..%2fapi%2fincidents", 400, 400],
  ["/alerts/%2e%2e%2fapi%2fincidents", 400, 400],
  ["/alerts/..%5c..%5capi%5cincidents", 400, 400],
  ["/alerts\\..\\api\\incidents", 400, 400],
  ["/twilio/..\\..\\api/incidents", 400, 400],
  ["/alerts/%252e%252e/api/incidents", 404, 403],
  ["/alerts/%c0%ae%c0%ae/api/incidents", 400, 400],
  ["/twilio/%2e%2e/simulator/phones", 400, 400],
  ["/teams/messages/../../api/incidents", 400, 400],
  ["/a/%2e%2e/api/incidents", 400, 400],
  // Names of routes in another spelling.
  ["/%61pi/incidents", 404, 403],
  ["/%73imulator/phones", 404, 403],
  ["/API/incidents", 404, 403],
  ["/api//incidents", 404, 403],
  ["/api/incidents/", 404, 403],
  ["/api/incidents%00", 400, 400],
  ["/api/incidents%2f", 400, 400],
  ["/api/incidents%0d%0ax-injected:%20yes", 400, 400],
  ["/api/incidents?/../alerts/x", 200, 403],
  ["/api/incidents;/alerts/x", 404, 403],
  ["/%", 400, 400],
  ["/%zz", 400, 400],
  // Other forms than a path.
  ["//hub.example/api/incidents", 400, 400],
  ["///api/incidents", 400, 400],
  ["/\\127.0.0.1/api/incidents", 400, 400],
  ["http://127.0.0.1/api/incidents", 400, 400],
  ["http://hub.example/alerts/x", 400, 400],
  ["https://localhost/simulator/phones", 400, 400],
  ["/api/incidents#/alerts/x", 400, 400],
  ["*", 400, 400],
];

describe("a request target", () => {
  test.each(targets)(
    "%s is judged by the route that it names: %i here, %i through the tunnel",
    async (target, local, outside) => {
      expect(await statusOf(`GET ${target} HTTP/1.1\r\nhost: ${here}`)).toBe(local);
      expect(await statusOf(`GET ${target} HTTP/1.1\r\nhost: ${tunnel}`)).toBe(outside);
      expect(await statusOf(`GET ${target} HTTP/1.1\r\nhost: ${here}\r\nx-forwarded-for: 203.0.113.9`)).toBe(
        outside,
      );
      expect(await statusOf(`GET ${target} HTTP/1.1\r\nhost: evil.example`)).toBe(
        outside === 400 ? 400 : 403,
      );
    },
  );

  test.each(["api/incidents", "", "localhost:80"])("%j is no address", async (target) => {
    expect(await statusOf(`GET ${target} HTTP/1.1\r\nhost: ${here}`)).toBe(400);
  });

  test("alerts are accepted through the tunnel, and each with its key", async () => {
    const post = (host: string, path: string) =>
      statusOf(
        `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json`,
        JSON.stringify({ title: `by ${host}`, service: "checkout", status: "resolved" }),
      );
    for (const host of [here, "localhost:4300", "LOCALHOST", tunnel, "HUB.example:443"]) {
      expect(await post(host, `/alerts/anything/${key}`)).toBe(202);
      // A sender that escapes more than it has to still means its key.
      expect(await post(host, `/alerts/anything/${key.replace("-", "%2d")}`)).toBe(202);
      expect(await post(host, "/alerts/anything/another-key-of-16")).toBe(401);
    }
  });
});

describe("a host", () => {
  test.each([
    "localhost.",
    "localhost@evil.example",
    "evil.example:4300",
    "127.0.0.1:4300@evil.example",
    "localhost, evil.example",
    "127.1",
    "hub.example.",
    "",
  ])("%j opens nothing", async (host) => {
    expect(await statusOf(`GET /api/incidents HTTP/1.1\r\nhost: ${host}`)).toBe(403);
    expect(await statusOf(`POST ${door.intake} HTTP/1.1\r\nhost: ${host}`, "{}")).toBe(403);
  });

  test("that is missing or sent twice opens nothing", async () => {
    expect(await statusOf("GET /api/incidents HTTP/1.0")).toBe(403);
    expect(await statusOf("GET /api/incidents HTTP/1.1")).toBe(400);
    for (const [first, second] of [
      [here, "evil.example"],
      ["evil.example", here],
      [here, here],
    ])
      expect(await statusOf(`GET /api/incidents HTTP/1.1\r\nhost: ${first}\r\nhost: ${second}`)).toBe(403);
  });

  test("behind thousands of other headers counts like any other", async () => {
    const many = Array.from({ length: 2_500 }, () => "x:").join("\r\n");
    expect(await statusOf(`GET /api/incidents HTTP/1.1\r\nhost: ${here}\r\n${many}\r\nvia: x`)).toBe(403);
  });
});

/** A simple request: what a browser sends for any page without asking the hub first. */
const posted = (path: string, headers: string, host = here) =>
  answerTo(`POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: text/plain\r\n${headers}`, "{}");

describe("a page of another site in a browser on this machine", () => {
  test.each([
    `/alerts/anything/${key}`,
    "/twilio/messages",
    "/twilio/line",
    "/teams/messages",
    "/a/some-link",
    "/api/incidents/01ARZ3NDEKTSV4RRFFQ69G5FAV/commands",
    "/api/dead-letters/redrive",
    "/simulator/faults",
    "/simulator/phones/+12025550101/text",
    "/simulator/calls/CA1/answer",
    "/simulator/sample-alert",
    "/simulator/chat/mode",
    "/simulator/twilio/2010-04-01/Accounts/AC1/Messages.json",
  ])("posts nothing to %s", async (path) => {
    for (const headers of [
      "origin: https://evil.example",
      "origin: null",
      "origin: http://127.0.0.1:9999",
      "origin: http://localhost",
      "sec-fetch-site: cross-site",
      "sec-fetch-site: same-site",
      "origin: http://127.0.0.1\r\norigin: https://evil.example",
    ])
      expect(await posted(path, headers), headers).toContain("urn:muster:problem:foreign-page");
    const own = "origin: http://127.0.0.1\r\nsec-fetch-site: same-origin";
    expect(await posted(path, own)).not.toContain("foreign-page");
  });

  test("reads nothing, for no answer names its origin", async () => {
    for (const path of ["/api/incidents", "/simulator/phones", "/", "/teams/messages"])
      for (const method of ["GET", "OPTIONS", "POST"]) {
        const answer = await door.overSocket(
          `${method} ${path} HTTP/1.1\r\nhost: ${here}\r\norigin: https://evil.example\r\naccess-control-request-method: POST\r\naccess-control-request-headers: content-type\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        );
        expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
        expect(answer).not.toMatch(/access-control-/i);
      }
  });

  test("is no reason to refuse an alert that comes through the tunnel with its key", async () => {
    expect(await posted(`/alerts/anything/${key}`, "origin: https://sender.example", tunnel)).toMatch(
      /^HTTP\/1\.1 422 /,
    );
  });
});

test("after all of that the hub still pages", async () => {
  // The button beside the phones was pressed once, by the hub's own page.
  await door.texted(1);
  await door.resolve();
  await door.stillPages();
});
