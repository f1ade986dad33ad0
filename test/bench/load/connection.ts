// One kept-alive connection with one request at a time, on a bare socket: what the driver costs is taken from the target's
// share of the machine, so it does next to nothing.
import { connect, type Socket } from "node:net";

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Connection {
  exchange(request: Buffer): Promise<Reply>;
  readonly open: boolean;
  close(): void;
}

/** A request as it goes over the wire; made once where the same one is sent many times. */
export function encoded(url: string, body: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const { host, pathname, search } = new URL(url);
  const fields = {
    host,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathname}${search} HTTP/1.1\r\n${head.join("")}\r\n${body}`);
}

export async function connected(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return overSocket(socket);
}

function overSocket(socket: Socket): Connection {
  let asker: PromiseWithResolvers<Reply> | undefined;
  let received = "";
  const lost = (cause: Error): void => {
    asker?.reject(cause);
    asker = undefined;
  };
  socket.setEncoding("latin1");
  socket.on("error", lost);
  socket.on("close", () => lost(new Error("the connection was closed")));
  socket.on("data", (text: string) => {
    received += text;
    const reply = wholeReply(received);
    if (reply === undefined) return;
    received = "";
    asker?.resolve(reply);
    asker = undefined;
  });
  return {
    exchange(request) {
      asker = Promise.withResolvers<Reply>();
      socket.write(request);
      return asker.promise;
    },
    get open() {
      return !socket.destroyed;
    },
    close: () => void socket.destroy(),
  };
}

/** Undefined until the last byte has come. Our targets say how long their answers are, or end them by a last chunk. */
function wholeReply(text: string): Reply | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const body = text.slice(headEnd + 4);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return body.length < Number(length) ? undefined : { status, body };
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, body };
  return body.endsWith("0\r\n\r\n") ? { status, body } : undefined;
}
