// An AWS account as an operator's machine meets it before a deployment: each service in its own protocol.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface AwsAccount {
  readonly url: string;
  readonly account: string;
  readonly parameters: Map<string, { readonly type: string; readonly value: string }>;
  atOnce: number;
  certificate: { readonly status: string; readonly names: readonly string[] };
  /** Of the stack; undefined where there is none. */
  stack: string | undefined;
  /** Actions that the credentials may not carry out. */
  readonly forbidden: Set<string>;
  /** What was asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function awsAccount(account: string): Promise<AwsAccount> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { status, type, text } = answer(request, body);
      response.writeHead(status, { "content-type": type }).end(text);
    });
  });

  function answer(request: IncomingMessage, body: string) {
    const [, target] = String(request.headers["x-amz-target"] ?? "").split(".");
    const isForm = body.startsWith("Action=") || body.includes("&Action=");
    const action =
      target ?? (isForm ? (new URLSearchParams(body).get("Action") ?? "") : "GetAccountSettings");
    here.asked.push(action);
    if (here.forbidden.has(action))
      return isForm
        ? xmlError("AccessDenied")
        : json(400, { __type: "AccessDeniedException", message: `not authorized to perform ${action}` });
    switch (action) {
      case "GetCallerIdentity":
        return xml(
          `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/op</Arn><UserId>AIDA</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
        );
      case "DescribeStacks":
        return here.stack === undefined
          ? xmlError("ValidationError", "Stack with id Muster does not exist")
          : xml(
              `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>Muster</StackName><CreationTime>2026-11-21T02:00:00Z</CreationTime><StackStatus>${here.stack}</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
            );
      case "GetParameter": {
        const { Name } = JSON.parse(body) as { Name: string };
        const found = here.parameters.get(Name);
        return found === undefined
          ? json(400, { __type: "ParameterNotFound" })
          : json(200, { Parameter: { Name, Type: found.type, Value: found.value } });
      }
      case "DescribeCertificate": {
        const { status, names } = here.certificate;
        return json(200, {
          Certificate: { Status: status, DomainName: names[0], SubjectAlternativeNames: names },
        });
      }
      default:
        return json(200, { AccountLimit: { ConcurrentExecutions: here.atOnce } });
    }
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const here: AwsAccount = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account,
    parameters: new Map(),
    atOnce: 1000,
    certificate: { status: "ISSUED", names: ["muster.example.com"] },
    stack: undefined,
    forbidden: new Set(),
    asked: [],
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return here;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const xml = (text: string, status = 200) => ({ status, type: "text/xml", text });
const xmlError = (code: string, message = "not authorized") =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    400,
  );
const json = (status: number, body: unknown) => ({
  status,
  type: "application/x-amz-json-1.1",
  text: JSON.stringify(body),
});
