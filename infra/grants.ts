// What each promise of a port costs in AWS permissions. A function gets those of its row and no more; a test holds the
// calls that were really made against what is granted, in both directions.
import type { FunctionName, MethodOf, PortName } from "../functions/subscriptions.ts";
import { type Subscription, subscriptions } from "../functions/subscriptions.ts";

/** Items are told apart by what their partition key begins with, so a function reaches its own kinds only. */
export type Grant =
  | { readonly on: "table"; readonly may: readonly TableAction[]; readonly keys: readonly string[] }
  | { readonly on: "index"; readonly index: IndexName; readonly keys: readonly string[] }
  | {
      readonly on:
        | "bus"
        | "wakeUps"
        | "twilio"
        | "hubKey"
        | "chat"
        | "secondSms"
        | "secondVoice"
        | "queues"
        | "deadLetters";
    };

type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "ConditionCheckItem";
type IndexName = "due" | "listing" | "members";

type Costs = { readonly [Port in PortName]: { readonly [Method in MethodOf<Port>]: readonly Grant[] } };

const streams = [
  "incident/*",
  "person/*",
  "provider/*",
  "site/*",
  "line/*",
  "held/*",
  "conversation/*",
  "post/*",
];
/** Where a row does not say. */
const usualKinds: Kinds = ["incident", "person"];
const incidents = ["incident/*"];
const alerts = ["alert#*"];
const claims = ["claim#*"];
const leases = ["lease#*"];
const stashes = ["stash#*"];
const counters = ["members#*"];
const items = (keys: readonly string[], ...may: readonly TableAction[]): Grant => ({
  on: "table",
  may,
  keys,
});
const index = (name: IndexName, ...keys: readonly string[]): Grant => ({ on: "index", index: name, keys });

const costs: Costs = {
  clock: { now: [] },
  mint: { id: [], code: [] },
  journal: {
    load: [items(streams, "GetItem", "Query", "BatchGetItem")],
    append: [items(streams, "PutItem", "UpdateItem"), items(claims, "PutItem", "UpdateItem", "DeleteItem")],
    saveSnapshot: [items(streams, "PutItem", "UpdateItem", "DeleteItem")],
    history: [items(streams, "Query")],
  },
  claims: { holder: [items(claims, "GetItem")], held: [items(claims, "Query")] },
  timers: { due: [index("due", "due#*")], pulse: [items(["pulse"], "PutItem")] },
  incidents: {
    open: [index("listing", "open"), items(incidents, "BatchGetItem")],
    ended: [index("listing", "ended"), items(incidents, "BatchGetItem")],
  },
  alerts: {
    accept: [items(alerts, "PutItem", "UpdateItem")],
    stash: [items(stashes, "PutItem")],
    stashed: [items(stashes, "GetItem")],
    dropStash: [items(stashes, "DeleteItem")],
    read: [items(alerts, "BatchGetItem")],
    detail: [items(alerts, "GetItem")],
    settle: [items(alerts, "UpdateItem"), items(counters, "UpdateItem")],
    handOn: [
      index("due", "unsettled#*"),
      items(alerts, "BatchGetItem", "UpdateItem"),
      items(stashes, "BatchGetItem", "UpdateItem"),
    ],
  },
  members: {
    anyFiring: [index("members", ...incidents)],
    firing: [index("members", ...incidents), items(alerts, "BatchGetItem")],
    count: [items(counters, "Query")],
    release: [index("members", ...incidents), items(alerts, "UpdateItem")],
  },
  leases: {
    begin: [items(streams, "ConditionCheckItem"), items(leases, "PutItem", "UpdateItem")],
    finish: [items(leases, "UpdateItem")],
  },
  channels: { sms: [{ on: "twilio" }], voice: [{ on: "twilio" }], teams: [{ on: "chat" }] },
  secondCarrier: { sms: [{ on: "secondSms" }], voice: [{ on: "secondVoice" }] },
  carrierNames: { all: [] },
  configItems: {
    pointer: [items(["config"], "GetItem")],
    item: [items(["config#*"], "GetItem")],
    write: [items(["config#*"], "PutItem")],
    switchTo: [items(["config"], "PutItem")],
    versions: [items(["config"], "Query")],
  },
  configAsset: { read: [] },
  bus: { publish: [{ on: "bus" }] },
  wakeUps: { hint: [{ on: "wakeUps" }] },
  feedReader: { read: [], reference: [] },
  deadLetters: {
    add: [items(["letters"], "PutItem")],
    list: [items(["letters"], "Query"), { on: "deadLetters" }],
    redrive: [
      items(["letters"], "Query", "DeleteItem"),
      items([...streams, ...alerts, ...stashes], "GetItem"),
      items(["redrive#*"], "PutItem"),
      { on: "deadLetters" },
      { on: "queues" },
    ],
  },
  callScripts: { render: [] },
  links: { sign: [{ on: "hubKey" }], read: [{ on: "hubKey" }] },
  twilioSignature: { valid: [{ on: "twilio" }] },
  recordings: { read: [{ on: "twilio" }] },
  signInSettings: { signIn: [] },
  rooms: {
    control: [{ on: "twilio" }],
    announce: [{ on: "twilio" }],
    lead: [{ on: "twilio" }],
    close: [{ on: "twilio" }],
  },
  dialIn: {
    number: [],
    pin: [{ on: "hubKey" }],
    claimOf: [{ on: "hubKey" }],
    roomOf: [{ on: "hubKey" }],
    rolePin: [{ on: "hubKey" }],
    emergency: [{ on: "hubKey" }],
    waitingRoomOf: [{ on: "hubKey" }],
    callerDigest: [{ on: "hubKey" }],
  },
  chat: {
    bot: [],
    post: [{ on: "chat" }],
    change: [{ on: "chat" }],
    begin: [{ on: "chat" }],
    meet: [{ on: "chat" }],
    member: [{ on: "chat" }],
  },
  chatChannels: { create: [{ on: "chat" }] },
  botProof: { faultIn: [], judge: [] },
  commandPost: { address: [] },
  chatSite: { probe: [{ on: "chat" }] },
};

type Kinds = NonNullable<Subscription["reads"]>;

interface Row {
  readonly uses: readonly PortName[];
  readonly only?: Readonly<Record<string, readonly string[]>>;
  readonly reads?: Kinds;
  readonly writes?: Kinds;
  readonly carries?: Kinds;
}

export function grantsOf(name: FunctionName): readonly Grant[] {
  const row: Row = subscriptions[name];
  return row.uses.flatMap((port) => {
    const methods: Readonly<Record<string, readonly Grant[]>> = costs[port];
    const only = row.only?.[port] ?? Object.keys(methods);
    return only.flatMap((method) => {
      const grants = methods[method] ?? [];
      const kinds = kindsOf(row, port, method);
      return grants.map((grant) => ofKinds(grant, kinds));
    });
  });
}

function kindsOf(
  { reads = usualKinds, writes = usualKinds, carries = ["incident"] }: Row,
  port: PortName,
  method: string,
) {
  switch (port) {
    case "journal":
      return method === "load" || method === "history" ? reads : writes;
    case "leases":
      return carries;
    default:
      return undefined;
  }
}

/** Of the streams only those of these kinds; of everything else all. */
function ofKinds(grant: Grant, kinds: Kinds | undefined): Grant {
  if (grant.on !== "table" || kinds === undefined) return grant;
  const wanted = new Set(kinds.map((kind) => `${kind}/*`));
  return { ...grant, keys: grant.keys.filter((key) => !streams.includes(key) || wanted.has(key)) };
}
