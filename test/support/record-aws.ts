// Writes down every call that goes to AWS, as the permissions that it needs, under the name of the function that made it.
import { AsyncLocalStorage } from "node:async_hooks";
import { table as shape } from "../../functions/table.ts";

/** One permission that one call needs. */
export interface Call {
  /** As IAM writes it: `dynamodb:PutItem`. */
  readonly action: string;
  /** What it reaches: `table`, `index/due`, or the name, address or ARN that stood in the call. */
  readonly resource: string;
  /** Partition keys that it touches; none outside DynamoDB. */
  readonly keys: readonly string[];
}

interface Watched {
  readonly middlewareStack: {
    add(
      middleware: never,
      options: { readonly step: "initialize"; readonly name: string; readonly override: true },
    ): void;
  };
}

type Fields = Readonly<Record<string, unknown>>;
type Handler = (args: { readonly input: Fields }) => Promise<unknown>;

export interface Recorder {
  /** From now on this client's calls are written down: as the owner's, or as theirs during whose work they are made. */
  readonly watch: (client: Watched, owner?: string) => void;
  /** A call that somebody saw on its way. */
  readonly note: (name: string, call: Call) => void;
  /** Calls made within `work`, however deep, are this function's. */
  readonly during: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly callsOf: (name: string) => readonly Call[];
  readonly names: () => readonly string[];
}

export function recorder(): Recorder {
  const running = new AsyncLocalStorage<string>();
  const calls = new Map<string, Map<string, Call>>();
  const note = (name: string, call: Call): void => {
    const known = calls.get(name) ?? new Map<string, Call>();
    known.set(JSON.stringify(call), call);
    calls.set(name, known);
  };
  const middleware =
    (owner: string | undefined) =>
    (next: Handler, context: { readonly commandName?: string }) =>
    (args: { readonly input: Fields }) => {
      const name = owner ?? running.getStore();
      if (name !== undefined)
        for (const call of callsIn(context.commandName ?? "", args.input)) note(name, call);
      return next(args);
    };
  return {
    watch: (client, owner) => {
      client.middlewareStack.add(middleware(owner) as never, {
        step: "initialize",
        name: "record",
        override: true,
      });
    },
    note,
    during: (name, work) => running.run(name, work),
    callsOf: (name) => [...(calls.get(name)?.values() ?? [])],
    names: () => [...calls.keys()],
  };
}

/** The permissions that a command asks for: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export function callsIn(command: string, input: Fields): readonly Call[] {
  const name = command.replace(/Command$/, "");
  switch (name) {
    case "GetItem":
    case "UpdateItem":
    case "DeleteItem":
      return [item(name, input["Key"])];
    case "PutItem":
      return [item(name, input["Item"])];
    case "BatchGetItem":
      return Object.values(
        input["RequestItems"] as Readonly<Record<string, { readonly Keys: readonly unknown[] }>>,
      ).map(({ Keys }) => ({
        action: "dynamodb:BatchGetItem",
        resource: "table",
        keys: [...new Set(Keys.map(partitionIn))],
      }));
    case "Query":
      return [query(input)];
    case "TransactWriteItems":
      return (input["TransactItems"] as readonly Fields[]).flatMap(transacted);
    case "PutEvents":
      return (input["Entries"] as readonly Fields[]).map((entry) =>
        other("events:PutEvents", entry["EventBusName"]),
      );
    case "SendMessage":
    case "GetQueueAttributes":
      return [other(`sqs:${name}`, input["QueueUrl"])];
    case "StartMessageMoveTask":
      return [
        ...["StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) =>
          other(`sqs:${action}`, input["SourceArn"]),
        ),
        other("sqs:SendMessage", input["DestinationArn"]),
      ];
    case "SendTextMessage":
    case "SendVoiceMessage":
      return [other(`sms-voice:${name}`, input["OriginationIdentity"])];
    case "GetParameter":
      return [other("ssm:GetParameter", input["Name"])];
    default:
      throw new Error(`${command} is new: say here which permissions it needs`);
  }
}

const other = (action: string, resource: unknown): Call => ({ action, resource: String(resource), keys: [] });
const item = (name: string, key: unknown): Call => ({
  action: `dynamodb:${name}`,
  resource: "table",
  keys: [partitionIn(key)],
});

// With the plain client a key is { S: "…" }, with the document client it is the text itself.
const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "S" in value ? String(value.S) : String(value);
const partitionIn = (key: unknown): string => textOf((key as Fields)[shape.partition.name]);

function query(input: Fields): Call {
  const index = input["IndexName"] as string | undefined;
  const indexes: Readonly<Record<string, { readonly partition: { readonly name: string } }>> = shape.indexes;
  const partition = index === undefined ? shape.partition.name : (indexes[index]?.partition.name ?? "");
  const names = (input["ExpressionAttributeNames"] ?? {}) as Readonly<Record<string, string>>;
  const values = (input["ExpressionAttributeValues"] ?? {}) as Fields;
  for (const [, name = "", value = ""] of String(input["KeyConditionExpression"]).matchAll(
    /(#?\w+) = (:\w+)/g,
  )) {
    if ((names[name] ?? name) === partition)
      return {
        action: "dynamodb:Query",
        resource: index === undefined ? "table" : `index/${index}`,
        keys: [textOf(values[value])],
      };
  }
  throw new Error(`No partition in ${String(input["KeyConditionExpression"])}`);
}

const transactions: Readonly<Record<string, readonly [action: string, key: string]>> = {
  Put: ["PutItem", "Item"],
  Update: ["UpdateItem", "Key"],
  Delete: ["DeleteItem", "Key"],
  ConditionCheck: ["ConditionCheckItem", "Key"],
};

const transacted = (write: Fields): readonly Call[] =>
  Object.entries(write).map(([kind, said]) => {
    const [action, key] = transactions[kind] ?? [];
    if (action === undefined || key === undefined) throw new Error(`${kind} is new in a transaction`);
    return item(action, (said as Fields)[key]);
  });
