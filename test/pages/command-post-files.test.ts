// The command post as it is given out: the right files, nothing else, and headers that let a browser do no harm.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, test } from "vitest";
import type { SignIn } from "../../functions/ports.ts";
import { make } from "../../functions/show-post/handler.ts";

const oidc: SignIn = {
  mode: "oidc",
  issuer: "https://login.example/tenant",
  clientId: "muster",
  scopes: "openid profile",
  origins: ["https://tokens.example"],
};

const get = (rawPath: string, headers: Record<string, string> = {}, signIn: SignIn = { mode: "local" }) =>
  make({ signInSettings: { signIn: () => signIn } })({ rawPath, headers } as APIGatewayProxyEventV2);

describe("the command post", () => {
  test.each(["/", "/incidents/01J0", "/incidents/anything%20at%20all"])("%s is the page", async (path) => {
    const { statusCode, headers, body } = await get(path);
    expect(statusCode).toBe(200);
    expect(headers?.["content-type"]).toBe("text/html; charset=utf-8");
    expect(body).toContain('<main id="main"');
  });

  test("everything that the page names is there, with its type", async () => {
    const { body = "" } = await get("/");
    const named = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(named.length).toBeGreaterThan(4);
    for (const path of named) expect((await get(path)).statusCode, path).toBe(200);
    expect((await get("/assets/main.js")).headers?.["content-type"]).toBe("text/javascript; charset=utf-8");
  });

  test.each([
    "/assets/",
    "/assets/index.html",
    "/assets/../handler.ts",
    "/assets/..%2fhandler.ts",
    "/assets/wire.d.ts",
    "/assets/__proto__",
    "/assets//etc/passwd",
    "/incidents/",
    "/incidents/a/b",
    "/favicon.ico",
  ])("%s is not there", async (path) => {
    const { statusCode, headers, body } = await get(path);
    expect(statusCode).toBe(404);
    expect(headers?.["cache-control"]).toBe("no-store");
    expect(body).not.toContain(path);
  });

  test("a file that the browser has is not sent again, and a changed one is", async () => {
    const etag = String((await get("/assets/main.js")).headers?.["etag"]);
    const again = await get("/assets/main.js", { "if-none-match": `"old", W/${etag}` });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBeUndefined();
    expect((await get("/assets/main.js", { "if-none-match": '"old"' })).statusCode).toBe(200);
    expect((await get("/assets/base.css")).headers?.["etag"]).not.toBe(etag);
  });

  test.each(["/", "/assets/main.js", "/assets/sign-in.json", "/nothing"])(
    "%s comes with a policy that allows our own files only",
    async (path) => {
      const { headers } = await get(path, {}, oidc);
      const policy = String(headers?.["content-security-policy"]).split("; ");
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self' https://login.example https://tokens.example",
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ]),
      );
      expect(policy.join()).not.toMatch(/unsafe|\*/);
      expect(headers?.["x-content-type-options"]).toBe("nosniff");
      expect(headers?.["x-frame-options"]).toBe("DENY");
      expect(headers?.["referrer-policy"]).toBe("no-referrer");
    },
  );

  describe("of a hub with a tab in Teams", () => {
    const inTeams: SignIn = { ...oidc, teamsTab: "6f0c1f6e-1111-4222-8333-444455556666" };
    const policyOf = async (path: string, signIn: SignIn = inTeams) => {
      const { headers } = await get(path, {}, signIn);
      const policy = String(headers?.["content-security-policy"]).split("; ");
      const of = (name: string) =>
        policy
          .find((one) => one.startsWith(`${name} `))
          ?.slice(name.length + 1)
          .split(" ");
      return { framers: of("frame-ancestors"), connects: of("connect-src"), headers };
    };

    test.each(["/", "/incidents/01J0"])(
      "%s may be framed by Microsoft's hosts, and by nobody else",
      async (path) => {
        const { framers, connects, headers } = await policyOf(path);
        expect(framers).toEqual(
          expect.arrayContaining(["https://teams.microsoft.com", "https://*.cloud.microsoft"]),
        );
        // A scheme for each, and no wildcard but for what is below a host of Microsoft's.
        for (const framer of framers ?? [])
          expect(framer).toMatch(
            /^https:\/\/(\*\.)?([a-z0-9-]+\.)*(cloud\.microsoft|(microsoft|microsoft365|office|office365)\.com)$/,
          );
        expect(headers?.["x-frame-options"]).toBeUndefined();
        expect(connects).toContain("https://res.cdn.office.net");
      },
    );

    test.each(["/assets/main.js", "/assets/sign-in.json", "/nothing", "/a/token", "/incidents/a/b"])(
      "%s may be framed by nobody",
      async (path) => {
        const { framers, connects, headers } = await policyOf(path);
        expect(framers).toEqual(["'none'"]);
        expect(headers?.["x-frame-options"]).toBe("DENY");
        expect(connects).not.toContain("https://res.cdn.office.net");
      },
    );

    test("one machine's page may be framed by this machine only", async () => {
      const { framers } = await policyOf("/", { mode: "local" });
      expect(framers).toEqual(["'self'", "http://127.0.0.1:*", "http://localhost:*"]);
    });

    test("whoever may frame it is known to Microsoft's library, which would not speak to it otherwise", async () => {
      const { framers = [] } = await policyOf("/");
      const library = (await get("/assets/teams-client.js")).body ?? "";
      const believed = JSON.parse(/\["teams\.microsoft\.com"[^\]]*\]/.exec(library)?.[0] ?? "[]") as string[];
      const unknown = framers.filter((framer) => {
        const host = framer.replace(/^https:\/\/(\*\.)?/, "");
        return !believed.some((one) => one === host || one.endsWith(`.${host}`));
      });
      expect(unknown).toEqual([]);
    });
  });

  test("the page holds no script and no style of its own, which the policy would refuse", async () => {
    const { body = "" } = await get("/");
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
    expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test("the sign-in service may be talked to, and its settings are told", async () => {
    const { headers, body } = await get("/assets/sign-in.json", {}, oidc);
    expect(JSON.parse(body ?? "")).toEqual(oidc);
    expect(headers?.["content-security-policy"]).toContain(
      "connect-src 'self' https://login.example https://tokens.example;",
    );
  });
});
