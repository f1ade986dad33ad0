// Paths that climb, headers without end, and hosts that are not ours: what a running hub says to them, and that it still pages.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDoor, type Door } from "./a-door.ts";

let door: Door;
beforeAll(async () => {
  door = await aDoor();
}, 30_000);
afterAll(() => door?.close());

describe("paths that climb", () => {
  test("reach no file", async () => {
    const tricks = [
      "/../../../../etc/passwd",
      "/assets/../../../../etc/passwd",
      "/assets/..%2f..%2f..%2fpackage.json",
      "/assets/%2e%2e%2f%2e%2e%2fhandler.ts",
      "/assets/....//handler.ts",
      "/assets/handler.ts%00.js",
      "/assets/%c0%ae%c0%ae/handler.ts",
      "/simulator/../package.json",
      "/incidents/../../muster.yaml",
      "/api/incidents/..%2f..%2fperson%2fada",
      "/api/alerts/%00",
      "/%",
      "//etc/passwd",
    ];
    for (const path of tricks) {
      const answer = await door.overSocket(
        `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`,
      );
      expect(answer, path).toMatch(/^HTTP\/1.1 (4\d\d|200) /);
      expect(answer, path).not.toMatch(/root:|"private": true|demo-anything-key|export function make/);
    }
    await door.stillPages();
  });
});

describe("headers", () => {
  test("that are huge are refused, and the door stays open", async () => {
    const head = (line: string) => `POST ${door.intake} HTTP/1.1\r\nhost: 127.0.0.1\r\n${line}\r\n\r\n`;
    expect(await door.overSocket(head(`x-large: ${"a".repeat(100_000)}`))).toMatch(/^HTTP\/1.1 431 /);
    const many = Array.from({ length: 3_000 }, (_, n) => `x-${n}: ${n}`).join("\r\n");
    expect(await door.overSocket(head(many))).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(await door.overSocket("NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
    await door.stillPages();
  });

  test("that name another host, or come from another's page, open nothing but the entrances", async () => {
    const order = (host: string, origin = "") =>
      `POST /api/dead-letters/redrive HTTP/1.1\r\nhost: ${host}\r\n${origin}content-length: 0\r\nconnection: close\r\n\r\n`;
    expect(await door.overSocket(order("evil.example"))).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(await door.overSocket(order("127.0.0.1", "origin: https://evil.example\r\n"))).toMatch(
      /^HTTP\/1.1 4\d\d /,
    );
    await door.stillPages();
  });
});
