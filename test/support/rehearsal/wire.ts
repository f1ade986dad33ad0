// AWS as a function's own clients meet it, on the wire: the key that signed a request says whose it is, that function's policy
// in the template says whether it may, and only then does a service hear of it. The table is Amazon's own emulator.
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import { grantedTo, missing } from "../../infra/support/policy.ts";
import type { Answer, Asked } from "../aws-server.ts";
import { arnOf, template } from "../cloud/deployment.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { type Call, callsIn } from "../record-aws.ts";

export interface WireSettings {
  readonly table: () => LocalTable;
  /** Every service but the table. */
  readonly services: (asked: Asked) => Answer;
  /** Told of every permission that a call needed. */
  readonly called: (name: FunctionName, call: Call) => void;
  readonly refused: (name: FunctionName, call: Call) => void;
  readonly written: () => void;
}

export interface Wire {
  readonly url: string;
  /** Where the second carrier is, and by which key it knows us. */
  carrier: { readonly url: string; readonly key: string; readonly region: string } | undefined;
  /** Services that do not answer, by the prefix of their operations' names (`AWSEvents`, `AmazonSQS`, …). */
  readonly down: Set<string>;
  keyOf(name: FunctionName): string;
  close(): Promise<void>;
}

export async function openWire(settings: WireSettings): Promise<Wire> {
  const granted = new Map<string, ReturnType<typeof grantedTo>>();
  const down = new Set<string>();
  const agent = new Agent({ keepAlive: true });
  const names = new Map<string, FunctionName>();
  const keyOf = (name: FunctionName): string => {
    const key = `AKIA${name.replaceAll("-", "").toUpperCase()}`;
    names.set(key, name);
    return key;
  };

  function forbidden(name: FunctionName, calls: readonly Call[]): readonly Call[] {
    const policy = granted.get(name) ?? grantedTo(template, name);
    granted.set(name, policy);
    for (const call of calls) settings.called(name, call);
    return missing(policy, calls, arnOf);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const [service = "", operation = ""] = String(request.headers["x-amz-target"]).split(".");
    if (down.has(service)) return say(response, { status: 503, body: { __type: "InternalFailure" } });
    const name = names.get(keyIn(request) ?? "");
    if (name === undefined) return say(response, refusal("UnrecognizedClientException", "Who is that?"));
    const input = JSON.parse(body.toString()) as Asked["input"];
    const [first] = forbidden(name, callsIn(operation, input));
    if (first !== undefined) {
      settings.refused(name, first);
      const what = `${name} is not authorized to perform: ${first.action} on resource: ${first.resource}`;
      return say(response, refusal("AccessDeniedException", what));
    }
    if (service.startsWith("PinpointSMSVoice") && wire.carrier !== undefined)
      return pass(request, body, response, wire.carrier);
    if (!service.startsWith("DynamoDB")) return say(response, settings.services({ operation, input }));
    const { credentials, region, endpoint } = settings.table().settings;
    await pass(request, body, response, { url: endpoint, key: credentials.accessKeyId, region });
    if (!/^(Get|BatchGet|Query)/.test(operation)) settings.written();
  }

  /** To one who knows us by another key, and takes our word for the signature. */
  const pass = (
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    { url, key, region }: { readonly url: string; readonly key: string; readonly region: string },
  ): Promise<void> =>
    new Promise((done) => {
      const authorization = String(request.headers.authorization).replace(
        /Credential=[^/]+\/(\d+)\/[^/]+\//,
        `Credential=${key}/$1/${region}/`,
      );
      const { host } = new URL(url);
      const passed = ask(
        url,
        { method: "POST", agent, headers: { ...request.headers, host, authorization } },
        (answered) => {
          response.writeHead(answered.statusCode ?? 500, answered.headers);
          answered.pipe(response);
        },
      );
      response.on("close", done);
      // A connection that breaks there breaks here.
      passed.on("error", () => response.destroy());
      response.on("close", () => passed.destroy());
      passed.end(body);
    });

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      say(response, { status: 500, body: { __type: "InternalFailure", message: String(error) } });
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carrier: undefined,
    down,
    keyOf,
    close: () =>
      new Promise((done) => {
        agent.destroy();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return wire;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const keyIn = ({ headers }: IncomingMessage): string | undefined =>
  /Credential=([^/]+)\//.exec(headers.authorization ?? "")?.[1];

const refusal = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });

function say(response: ServerResponse, { status = 200, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify(body));
}
