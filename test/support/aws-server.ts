// A stand-in for AWS services that speak JSON over HTTP: answers each operation as the test says and keeps what was asked.
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

export interface AwsServer {
  readonly asked: readonly Asked[];
  /** For the constructor of any client of the SDK. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
  answer: (asked: Asked) => Answer;
  stop(): Promise<void>;
}

/** What SQS says to a message that it took: its client checks the digest. */
export const messageTaken = ({ input }: Asked): Answer => ({
  body: {
    MessageId: "m",
    MD5OfMessageBody: createHash("md5").update(String(input["MessageBody"])).digest("hex"),
  },
});

export async function awsServer(answer: (asked: Asked) => Answer = () => ({ body: {} })): Promise<AwsServer> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [, operation = ""] = String(request.headers["x-amz-target"]).split(".");
      const one = {
        operation,
        input: JSON.parse(Buffer.concat(chunks).toString() || "{}") as Asked["input"],
      };
      asked.push(one);
      const { status = 200, body } = here.answer(one);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const here: AwsServer = {
    asked,
    answer,
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return here;
}
