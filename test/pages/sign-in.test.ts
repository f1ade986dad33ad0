// Signing in at the command post: by code and proof key, back to where the person wanted to be, and never in circles.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aViewer, browserMissing } from "../support/browser.ts";
import { type AHub, aHub } from "./a-hub.ts";
import { aNight, checkoutDown } from "./incidents.ts";

const segment = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString("base64url");

/** An identity provider that signs everybody in at once, and checks the proof key as a real one does. */
async function anIssuer() {
  const codes = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", issuer.url);
    const cors = { "access-control-allow-origin": "*", "content-type": "application/json" };
    if (url.pathname === "/.well-known/openid-configuration") {
      response.writeHead(issuer.down ? 503 : 200, cors);
      response.end(
        JSON.stringify({
          issuer: issuer.url,
          authorization_endpoint: `${issuer.url}/authorize`,
          token_endpoint: `${issuer.url}/token`,
        }),
      );
    } else if (url.pathname === "/authorize") {
      issuer.visits++;
      const code = `code-${issuer.visits}`;
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", issuer.state ?? url.searchParams.get("state") ?? "");
      response.writeHead(302, { location: back.href });
      response.end();
    } else {
      request.setEncoding("utf8").on("data", (text: string) => {
        const form = new URLSearchParams(text);
        const asked = codes.get(form.get("code") ?? "");
        const proof = createHash("sha256")
          .update(form.get("code_verifier") ?? "")
          .digest("base64url");
        const good = asked !== undefined && asked.get("code_challenge") === proof;
        const claims = { iss: issuer.url, aud: "muster", nonce: issuer.nonce ?? asked?.get("nonce") };
        response.writeHead(good ? 200 : 400, cors);
        response.end(
          JSON.stringify({ access_token: "good", id_token: `e30.${segment(claims)}.x`, expires_in: 600 }),
        );
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits: 0,
    down: false,
    state: undefined as string | undefined,
    nonce: undefined as string | undefined,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
  return issuer;
}

describe.skipIf(browserMissing)("signing in at the command post", { timeout: 30_000 }, () => {
  const viewer = aViewer();
  let hub: AHub;
  let issuer: Awaited<ReturnType<typeof anIssuer>>;

  beforeAll(async () => {
    issuer = await anIssuer();
    hub = await aHub({ mode: "oidc", issuer: issuer.url, clientId: "muster", scopes: "openid" });
    hub.incidents.set("01JCHECKOUT", checkoutDown());
    hub.list = aNight();
  });
  afterAll(async () => {
    await hub?.close();
    await issuer?.close();
  });
  beforeEach(() => {
    Object.assign(issuer, { visits: 0, down: false, state: undefined, nonce: undefined });
    hub.token = "good";
  });

  test("a person comes back to the incident that was asked for, and no code stays in the address", async () => {
    const { page, troubles } = await viewer.open(`${hub.url}/incidents/01JCHECKOUT`);
    await page.getByText("Nobody has it yet.").waitFor();
    expect(page.url()).toBe(`${hub.url}/incidents/01JCHECKOUT`);
    expect(issuer.visits).toBe(1);
    await page.reload();
    await page.getByText("Nobody has it yet.").waitFor();
    expect(issuer.visits).toBe(1);
    expect(troubles).toEqual([]);
  });

  test("a hub that does not take the sign-in is told of once, not in circles", async () => {
    hub.token = "another";
    const { page } = await viewer.open(hub.url);
    await page.getByText("the hub does not take this sign-in").waitFor();
    expect(issuer.visits).toBe(1);
  });

  test("an answer with a state of somebody else's is not taken", async () => {
    const { page } = await viewer.open(`${hub.url}/?code=stolen&state=theirs`);
    await page.getByRole("link", { name: /Checkout: 38%/ }).waitFor();
    expect(page.url()).toBe(`${hub.url}/`);
    expect(issuer.visits).toBe(1);
  });

  test("a token for another sign-in is not taken", async () => {
    issuer.nonce = "theirs";
    const { page } = await viewer.open(hub.url);
    await page.getByText("answered for another sign-in").waitFor();
  });

  test("a sign-in service that is down is named, and the page stays", async () => {
    issuer.down = true;
    const { page } = await viewer.open(hub.url);
    await page.getByText("The sign-in service answers with error 503.").waitFor();
    issuer.down = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: /Checkout: 38%/ }).waitFor();
  });
});
