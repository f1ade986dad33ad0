// Requests that are framed wrongly, never end, or use another method: what the hub says to them, and what becomes of the
// connection.
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localServer } from "../../infra/local/http.ts";
import { aDoor, type Door } from "./a-door.ts";

let door: Door;
beforeAll(async () => {
  door = await aDoor();
}, 30_000);
afterAll(() => door?.close());

const host = "host: 127.0.0.1";
const statuses = (answer: string): readonly string[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = ""]) => status);

describe("a body whose length can be read in two ways", () => {
  test.each([
    ["two lengths", "content-length: 2\r\ncontent-length: 40"],
    ["a list of lengths", "content-length: 2, 40"],
    ["a length and chunks", "content-length: 2\r\ntransfer-encoding: chunked"],
    ["chunks behind another coding", "transfer-encoding: chunked, identity"],
    ["chunks by a name with a blank", "transfer-encoding : chunked"],
    ["chunks on a folded line", "x-a: b\r\n transfer-encoding: chunked"],
    ["a length with a sign", "content-length: +2"],
    ["a length in hex", "content-length: 0x2"],
  ])("is refused before anything is done: %s", async (_, framing) => {
    const inner = `GET /api/incidents HTTP/1.1\r\n${host}\r\nconnection: close\r\n\r\n`;
    const answer = await door.overSocket(
      `POST ${door.intake} HTTP/1.1\r\n${host}\r\n${framing}\r\n\r\n{}${inner}`,
    );
    expect(statuses(answer)).toEqual(["400"]);
  });
});

describe("the connection of a refused request", () => {
  test.each([
    ["another host", `POST /api/dead-letters/redrive HTTP/1.1\r\nhost: evil.example`, "403"],
    ["another site's page", `POST /api/dead-letters/redrive HTTP/1.1\r\n${host}\r\norigin: null`, "403"],
    ["a climbing path", `POST /alerts/../x HTTP/1.1\r\n${host}`, "400"],
    ["no such address", `POST /nothing HTTP/1.1\r\n${host}`, "404"],
    ["another method", `PUT /alerts/anything/key HTTP/1.1\r\n${host}`, "405"],
    ["a wrong key", `POST /alerts/anything/not-the-key HTTP/1.1\r\n${host}`, "401"],
  ])("goes on behind its body, and the body is no request: %s", async (_, head, refused) => {
    const inside = `GET /inside HTTP/1.1\r\n${host}\r\n\r\n`;
    const after = `GET /assets/nothing.js HTTP/1.1\r\n${host}\r\nconnection: close\r\n\r\n`;
    const answer = await door.overSocket(
      `${head}\r\ncontent-length: ${inside.length}\r\n\r\n${inside}${after}`,
    );
    expect(statuses(answer)).toEqual([refused, "404"]);
  });

  test("is closed when its body has no end", async () => {
    const sent = await new Promise<number>((resolve, reject) => {
      const chunk = `10000\r\n${"a".repeat(0x10000)}\r\n`;
      let bytes = 0;
      const socket = connect(Number(new URL(door.url).port), "127.0.0.1");
      const write = (): void => {
        if (socket.destroyed) return;
        bytes += chunk.length;
        socket.write(chunk, () => void setImmediate(write));
      };
      socket.on("connect", () => {
        socket.write(`POST /nothing HTTP/1.1\r\n${host}\r\ntransfer-encoding: chunked\r\n\r\n`);
        write();
      });
      socket.resume();
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(bytes));
      socket.setTimeout(5_000, () => reject(new Error("The connection was left open")));
    });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});

describe("another method", () => {
  test.each(["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "GET"])(
    "%s is answered by the one that is there",
    async (method) => {
      const answer = await door.overSocket(
        `${method} ${door.intake} HTTP/1.1\r\n${host}\r\ncookie: secret=1\r\nconnection: close\r\n\r\n`,
      );
      expect(statuses(answer)).toEqual(["405"]);
      expect(answer).toMatch(/^allow: POST\r$/im);
      expect(answer).not.toContain("secret=1");
    },
  );

  test("CONNECT makes no tunnel", async () => {
    const answer = await door
      .overSocket(`CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host}\r\n\r\n`)
      .catch(() => "reset");
    expect(answer).not.toMatch(/ 200 /);
  });

  test("HEAD has the head of a GET and no body", async () => {
    const answer = await door.overSocket(`HEAD / HTTP/1.1\r\n${host}\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\r\n/);
    expect(answer.split("\r\n\r\n")[1]).toBe("");
  });

  test("an upgrade is a request like any other", async () => {
    const upgrade = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13";
    const answer = await door.overSocket(`GET /nothing HTTP/1.1\r\n${host}\r\n${upgrade}\r\n\r\n`);
    expect(statuses(answer)).toEqual(["404"]);
  });
});

test("a request has to be whole within a minute, its head within ten seconds", () => {
  const server = localServer(() => undefined);
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
  expect(server.requestTimeout).toBeLessThanOrEqual(60_000);
  expect(server.keepAliveTimeout).toBeGreaterThan(60_000);
});

test("after all of that the hub still pages", () => door.stillPages());
