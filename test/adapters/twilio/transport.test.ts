// The connections over which texts and calls are ordered: none is taken from under an answer.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { twilioTransport } from "../../../functions/adapters/twilio/transport.ts";

test("an answer that is under way comes, however long this process stood still meanwhile", async () => {
  let waiting: ServerResponse | undefined;
  const ports: (number | undefined)[] = [];
  const server = createServer((request, response) => {
    ports.push(request.socket.remotePort);
    if (request.url === "/slow") waiting = response;
    else response.end("{}");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    vi.restoreAllMocks();
    server.closeAllConnections();
    server.close();
  });
  const transport = twilioTransport(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 5_000);
  const ask = (path: string) => transport.request({ method: "GET", uri: `https://api.example.com${path}` });

  await ask("/first");
  const slow = ask("/slow");
  await vi.waitFor(() => expect(waiting).toBeDefined());
  await ask("/other");
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now + 5_000);
  expect(await ask("/next")).toMatchObject({ statusCode: 200 });
  waiting?.end("{}");
  expect(await slow).toMatchObject({ statusCode: 200 });
  // What lay idle for so long was not used again.
  expect(ports.slice(0, 3)).not.toContain(ports.at(-1));
});
