// The connections over which the chat is spoken to: none that lay idle for long, and none taken from under an answer.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exchange } from "../../../functions/adapters/teams/transport.ts";

let url: URL;
let waiting: ServerResponse | undefined;
/** Of whoever asked, by the port that he asked from. */
const ports: (number | undefined)[] = [];
const server = createServer((request, response) => {
  ports.push(request.socket.remotePort);
  request.resume();
  if (request.url === "/slow") waiting = response;
  else response.end("{}");
});

beforeEach(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  ports.length = 0;
});
afterEach(async () => {
  vi.restoreAllMocks();
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
});

const ask = (path: string) =>
  exchange({ method: "GET", url: new URL(path, url), headers: {}, within: 5_000 });

/** As after a stall of this process, or of the function that it is. */
function later(ms: number): void {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + ms);
}

test("a connection is used again, and one that lay idle for long is not", async () => {
  await ask("/one");
  await ask("/two");
  expect(new Set(ports).size).toBe(1);
  later(5_000);
  expect(await ask("/three")).toMatchObject({ outcome: "answered" });
  expect(new Set(ports).size).toBe(2);
});

test("an answer that is under way comes, however long this process stood still meanwhile", async () => {
  const slow = ask("/slow");
  await vi.waitFor(() => expect(waiting).toBeDefined());
  later(5_000);
  expect(await ask("/next")).toMatchObject({ outcome: "answered" });
  waiting?.end("{}");
  expect(await slow).toMatchObject({ outcome: "answered", status: 200 });
});
