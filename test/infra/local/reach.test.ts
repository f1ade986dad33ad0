// Who may call which row of the table on one machine: by the row, the name that was called, and the page that calls.
import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { type Proof, type Subscription, subscriptions } from "../../../functions/subscriptions.ts";
import { outsideOf } from "../../../infra/local/outside.ts";
import { unreachable } from "../../../infra/local/reach.ts";
import { simulatedAccount } from "../../../infra/local/simulator/twilio/account.ts";

const publicUrl = new URL("https://muster.example.com");
const proofs: readonly Proof[] = ["key", "signature", "token", "link"];
const outside = { publicUrl, proofs: new Set(proofs) };

const call = (
  proof: Proof | undefined,
  headers: Readonly<Record<string, string | readonly string[]>>,
  method = "POST",
) => {
  const distinct = Object.entries(headers).map(([name, value]) => [name, [value].flat()]);
  const headersDistinct = Object.fromEntries(distinct) as Record<keyof IncomingHttpHeaders, string[]>;
  return unreachable({ method, headersDistinct }, proof, outside);
};

describe("under the public name", () => {
  test.each(proofs)("a row that checks a %s is reached, in whatever case and by whatever port", (proof) => {
    expect(call(proof, { host: "muster.example.com" })).toBeUndefined();
    expect(call(proof, { host: "MUSTER.example.com:443" })).toBeUndefined();
  });

  test("a row that checks nothing itself is not reached, by any method", () => {
    for (const method of ["GET", "HEAD", "POST", "DELETE"])
      expect(call(undefined, { host: "muster.example.com" }, method)).toBe("not-this-machine");
  });

  test("an alert, a callback or an activity is not refused for its Origin, for its proof is checked", () => {
    for (const proof of ["key", "signature", "token"] as const)
      expect(call(proof, { host: "muster.example.com", origin: "https://sender.example" })).toBeUndefined();
  });

  test("the buttons of a link are pressed on its own page only", () => {
    const press = (origin: string) => call("link", { host: "muster.example.com", origin });
    expect(press("https://muster.example.com")).toBeUndefined();
    for (const origin of ["https://evil.example", "null", "http://muster.example.com", "http://localhost"])
      expect(press(origin)).toBe("foreign-page");
  });
});

describe("a request that came through a proxy", () => {
  test.each([
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-real-ip",
    "cf-connecting-ip",
    "x-forwarded-server",
    "fly-client-ip",
    "ngrok-trace-id",
    "x-envoy-external-address",
    "x-original-host",
  ])("is from outside, though the proxy rewrote its host: %s", (header) => {
    const headers = { host: "127.0.0.1:4300", [header]: "127.0.0.1" };
    expect(call(undefined, headers, "GET")).toBe("not-this-machine");
    expect(call("key", headers)).toBeUndefined();
  });

  test("is never believed about the host that was called", () => {
    const headers = { host: "evil.example", "x-forwarded-host": "localhost", forwarded: "host=localhost" };
    expect(call("key", headers)).toBe("not-this-machine");
    expect(call(undefined, headers, "GET")).toBe("not-this-machine");
  });
});

describe("under a name of this machine", () => {
  test.each([
    ["127.0.0.1:4300", "http://127.0.0.1:4300"],
    ["localhost:4300", "http://localhost:4300"],
    ["LOCALHOST:4300", "http://localhost:4300"],
    ["[::1]:4300", "http://[::1]:4300"],
    ["localhost", "http://localhost"],
    ["localhost:80", "http://localhost"],
  ])("at %s the hub's own page, and no other, gives orders", (host, own) => {
    for (const proof of [undefined, ...proofs]) {
      expect(call(proof, { host })).toBeUndefined();
      expect(call(proof, { host, origin: own, "sec-fetch-site": "same-origin" })).toBeUndefined();
      for (const origin of ["https://evil.example", "null", "", `${own}9`, own.replace("http:", "https:")])
        expect(call(proof, { host, origin })).toBe("foreign-page");
      for (const site of ["cross-site", "same-site", "anything"])
        expect(call(proof, { host, "sec-fetch-site": site })).toBe("foreign-page");
      expect(call(proof, { host, origin: [own, "https://evil.example"] })).toBe("foreign-page");
    }
  });

  test("a page of another server on this machine is another site", () => {
    for (const origin of ["http://localhost:9999", "http://127.0.0.1:4300", "http://localhost"])
      expect(call(undefined, { host: "localhost:4300", origin })).toBe("foreign-page");
  });
});

test.each([
  "",
  "localhost.",
  "localhost@evil.example",
  "evil.example@localhost",
  "localhost:4300:80",
  "localhost:",
  "localhost/",
  "localhost,evil.example",
  " localhost",
  "127.0.0.1.nip.io",
  "127.1",
  "0.0.0.0",
  "2130706433",
  "[::]",
  "[::ffff:127.0.0.1]",
  "muster.example.com.",
  "muster.example.com.evil.example",
  "evil.example",
])("the host %j is not this hub", (host) => {
  for (const proof of [undefined, ...proofs]) expect(call(proof, { host })).toBe("not-this-machine");
});

test("no host, and two of them, are not this hub", () => {
  expect(call("key", {})).toBe("not-this-machine");
  expect(call("key", { host: ["localhost", "evil.example"] })).toBe("not-this-machine");
  expect(call("key", { host: ["localhost", "localhost"] })).toBe("not-this-machine");
});

test("every route of the table either asks for a sign-in, checks a proof, or is a page for everybody", () => {
  const rows = Object.entries<Subscription>(subscriptions).filter(([, { routes }]) => routes !== undefined);
  const open = rows.filter(([, { signedIn, proof }]) => signedIn === undefined && proof === undefined);
  expect(open.map(([name]) => name)).toEqual(["show-post"]);
  expect(rows.filter(([, { signedIn, proof }]) => signedIn !== undefined && proof !== undefined)).toEqual([]);
});

test("a credential of the simulators, and an unsigned activity, count on this machine only", () => {
  const twilio = { authToken: "a-token-of-an-account" };
  const simulated = { authToken: simulatedAccount.authToken };
  const found = (settings: Parameters<typeof outsideOf>[0]) => [...outsideOf(settings).proofs].toSorted();
  expect(found({ twilio: simulated })).toEqual(["key", "link"]);
  expect(found({ twilio, chat: { mode: "simulator" } })).toEqual(["key", "link", "signature"]);
  expect(found({ twilio, chat: { mode: "elsewhere" } })).toEqual(["key", "link", "signature"]);
  expect(found({ twilio, chat: { mode: "real", unsigned: true } })).toEqual(["key", "link", "signature"]);
  expect(found({ twilio, chat: { mode: "real" } })).toEqual(["key", "link", "signature", "token"]);
});
