// A service over real HTTP that answers what it is told, in turn, and takes down what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Scripted =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Reads the request, and breaks or says nothing. */
  | "reset"
  | "silence";

export async function scriptedServer(usual: (request: Request) => Scripted | Promise<Scripted>) {
  const asked: Request[] = [];
  const script: Scripted[] = [];
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const one: Request = { method, path: url, headers, body: Buffer.concat(chunks).toString("utf8") };
    asked.push(one);
    const said = script.shift() ?? (await usual(one));
    if (said === "silence") return;
    if (said === "reset") return void request.socket.destroy();
    const { status, body = "", headers: own = {} } = said;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...own }).end(text);
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked as readonly Request[],
    /** What it answers next, before what is usual. */
    next: (...answers: readonly Scripted[]): void => void script.push(...answers),
    forget(): void {
      asked.length = 0;
      script.length = 0;
    },
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
