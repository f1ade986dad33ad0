// Whatever comes back, or nothing: one request to a provider has an end, and it is known whether it may have been heard.
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { exchanges } from "../functions/exchange.ts";

async function asked(answer: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    socket.once("data", () => answer(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return exchanges()({ method: "POST", url, headers: {}, body: "b", within: 200, longestAnswer: 1_000 });
}

const head = "HTTP/1.1 200 OK\r\n";

test.each<[string, string, { timedOut: boolean }]>([
  ["is silent", "", { timedOut: true }],
  [
    "switches to another protocol",
    "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    { timedOut: true },
  ],
  ["only says that it will answer", "HTTP/1.1 102 Processing\r\n\r\n", { timedOut: true }],
  ["does not come to an end", `${head}content-length: 100\r\n\r\nabc`, { timedOut: true }],
  ["says too much", `${head}\r\n${"a".repeat(5_000)}`, { timedOut: false }],
  ["speaks no HTTP", "hello\r\n\r\n", { timedOut: false }],
])("a provider that %s has given no answer, and may have heard", async (_name, answer, fate) => {
  expect(await asked((socket) => socket.write(answer))).toMatchObject({
    outcome: "none",
    sent: true,
    ...fate,
  });
});

test("a connection that breaks in the middle of an answer has brought none", async () => {
  const broken = asked((socket) => socket.end(`${head}content-length: 100\r\n\r\nabc`));
  expect(await broken).toMatchObject({ outcome: "none", sent: true, timedOut: false });
});
