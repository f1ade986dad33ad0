// An AWS account as it is seen from outside, over the wires that its services speak: JSON, XML and REST. It only reads; whatever
// else is asked of it is refused, and stands in `asked`.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Parameter {
  readonly type: "SecureString" | "String";
  readonly value: string;
  readonly keyId?: string;
}

export interface Table {
  readonly status?: string;
  readonly items?: number;
  readonly isProtected?: boolean;
  readonly keys?: readonly string[];
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  readonly stream?: { readonly arn: string; readonly view: string } | undefined;
  readonly ttl?: string | undefined;
  readonly hasRecovery?: boolean;
}

export interface Certificate {
  readonly status: string;
  readonly names: readonly string[];
}

export interface AwsAccount {
  id: string;
  concurrency: number;
  readonly parameters: Map<string, Parameter>;
  readonly certificates: Map<string, Certificate>;
  stack: { readonly status: string; readonly isProtected?: boolean; readonly table?: string } | undefined;
  readonly tables: Map<string, Table>;
  /** Actions that the credentials may not do, as IAM names them. */
  readonly denied: Set<string>;
  /** All that was asked, as IAM names it. */
  readonly asked: string[];
  /** For the constructor of any client of the SDK. */
  readonly client: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
  };
}

type Input = Readonly<Record<string, unknown>>;
type Reply = { readonly body: unknown } | { readonly error: string; readonly message: string };

export async function awsAccount(): Promise<AwsAccount> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const call = callOf(request.headers, request.url ?? "", Buffer.concat(chunks).toString());
      account.asked.push(call.action);
      const reply = account.denied.has(call.action)
        ? {
            error: call.isXml ? "AccessDenied" : "AccessDeniedException",
            message: `User: arn:aws:iam::${account.id}:user/ada is not authorized to perform: ${call.action} on resource: *`,
          }
        : answers[call.action]?.(account, call.input);
      const given: Reply = reply ?? { error: "InvalidAction", message: `${call.action} is nothing to read` };
      response.writeHead("error" in given ? 400 : 200, {
        "content-type": call.isXml ? "text/xml" : "application/x-amz-json-1.1",
        ...("error" in given ? { "x-amzn-errortype": given.error } : {}),
      });
      response.end(call.isXml ? xml(call.operation, given) : json(given));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const account: AwsAccount = {
    id: "111122223333",
    concurrency: 1000,
    parameters: new Map(),
    certificates: new Map(),
    stack: undefined,
    tables: new Map(),
    denied: new Set(),
    asked: [],
    client: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    },
  };
  return account;
}

/** How IAM names the services of the header X-Amz-Target. */
const services: Readonly<Record<string, string>> = {
  AmazonSSM: "ssm",
  CertificateManager: "acm",
  DynamoDB_20120810: "dynamodb",
};

function callOf(headers: Readonly<Record<string, unknown>>, url: string, body: string) {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const [service = "", operation = ""] = target.split(".");
    const input = JSON.parse(body || "{}") as Input;
    return { action: `${services[service] ?? service}:${operation}`, operation, input, isXml: false };
  }
  if (String(headers["content-type"]).startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams(body);
    const operation = form.get("Action") ?? "";
    const service = operation === "GetCallerIdentity" ? "sts" : "cloudformation";
    return {
      action: `${service}:${operation}`,
      operation,
      input: Object.fromEntries(form) as Input,
      isXml: true,
    };
  }
  const operation = url.startsWith("/2016-08-19/account-settings") ? "GetAccountSettings" : url;
  return { action: `lambda:${operation}`, operation, input: {}, isXml: false };
}

const json = (reply: Reply): string =>
  JSON.stringify("error" in reply ? { __type: reply.error, message: reply.message } : reply.body);

function xml(operation: string, reply: Reply): string {
  if ("error" in reply)
    return `<ErrorResponse><Error><Type>Sender</Type><Code>${reply.error}</Code><Message>${reply.message}</Message></Error></ErrorResponse>`;
  return `<${operation}Response><${operation}Result>${String(reply.body)}</${operation}Result></${operation}Response>`;
}

const gone = (message: string, error = "ResourceNotFoundException"): Reply => ({ error, message });

const answers: Readonly<Record<string, (account: AwsAccount, input: Input) => Reply>> = {
  "sts:GetCallerIdentity": ({ id }) => ({
    body: `<Arn>arn:aws:iam::${id}:user/ada</Arn><UserId>AIDA</UserId><Account>${id}</Account>`,
  }),

  "ssm:GetParameter": ({ parameters }, { Name: name }) => {
    const found = parameters.get(String(name));
    if (found === undefined) return gone(`Parameter ${String(name)} not found.`, "ParameterNotFound");
    return { body: { Parameter: { Name: name, Type: found.type, Value: found.value } } };
  },
  "ssm:DescribeParameters": ({ parameters }, { ParameterFilters: filters }) => {
    const [{ Values: [name = ""] = [] } = {}] = filters as readonly { Values?: readonly string[] }[];
    const found = parameters.get(name);
    const key = found?.keyId ?? "alias/aws/ssm";
    return {
      body: { Parameters: found === undefined ? [] : [{ Name: name, Type: found.type, KeyId: key }] },
    };
  },

  "lambda:GetAccountSettings": ({ concurrency }) => ({
    body: { AccountLimit: { ConcurrentExecutions: concurrency } },
  }),

  "acm:DescribeCertificate": ({ certificates }, { CertificateArn: arn }) => {
    const found = certificates.get(String(arn));
    if (found === undefined) return gone(`Could not find certificate ${String(arn)}.`);
    const [DomainName] = found.names;
    const Certificate = { Status: found.status, DomainName, SubjectAlternativeNames: found.names };
    return { body: { Certificate } };
  },

  "cloudformation:DescribeStacks": ({ stack }, { StackName: name }) => {
    if (stack === undefined) return gone(`Stack with id ${String(name)} does not exist`, "ValidationError");
    const isProtected = String(stack.isProtected ?? false);
    return {
      body: `<Stacks><member><StackName>${String(name)}</StackName><CreationTime>2026-11-01T00:00:00Z</CreationTime><StackStatus>${stack.status}</StackStatus><EnableTerminationProtection>${isProtected}</EnableTerminationProtection></member></Stacks>`,
    };
  },
  "cloudformation:DescribeStackResource": ({ stack }, { StackName: name, LogicalResourceId: id }) => {
    if (stack?.table === undefined)
      return gone(`Resource ${String(id)} does not exist for stack ${String(name)}`, "ValidationError");
    return {
      body: `<StackResourceDetail><PhysicalResourceId>${stack.table}</PhysicalResourceId></StackResourceDetail>`,
    };
  },

  // One table a page, so that paging is tried wherever there are two.
  "dynamodb:ListTables": ({ tables }, { ExclusiveStartTableName: after }) => {
    const names = [...tables.keys()].toSorted();
    const at = typeof after === "string" ? names.indexOf(after) + 1 : 0;
    const isLast = at + 1 >= names.length;
    return {
      body: {
        TableNames: names.slice(at, at + 1),
        ...(isLast ? {} : { LastEvaluatedTableName: names[at] }),
      },
    };
  },
  "dynamodb:DescribeTable": ({ tables }, { TableName: name }) => {
    const table = tables.get(String(name));
    if (table === undefined) return gone(`Requested resource not found: Table: ${String(name)} not found`);
    return { body: { Table: described(String(name), table) } };
  },
  "dynamodb:DescribeTimeToLive": ({ tables }, { TableName: name }) => {
    const ttl = tables.get(String(name))?.ttl;
    const TimeToLiveDescription =
      ttl === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: "ENABLED", AttributeName: ttl };
    return { body: { TimeToLiveDescription } };
  },
  "dynamodb:DescribeContinuousBackups": ({ tables }, { TableName: name }) => {
    const status = tables.get(String(name))?.hasRecovery === true ? "ENABLED" : "DISABLED";
    const ContinuousBackupsDescription = {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
    };
    return { body: { ContinuousBackupsDescription } };
  },
};

function described(name: string, table: Table) {
  const { keys = [], indexes = {}, stream } = table;
  const schema = (names: readonly string[]) =>
    names.map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? "HASH" : "RANGE" }));
  return {
    TableName: name,
    TableStatus: table.status ?? "ACTIVE",
    ItemCount: table.items ?? 0,
    CreationDateTime: Date.UTC(2026, 10, 1) / 1000,
    DeletionProtectionEnabled: table.isProtected ?? false,
    KeySchema: schema(keys),
    GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, of]) => ({
      IndexName,
      KeySchema: schema(of),
    })),
    ...(stream === undefined
      ? {}
      : {
          LatestStreamArn: stream.arn,
          StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
        }),
  };
}
