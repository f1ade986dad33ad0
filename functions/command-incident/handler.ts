// Orders from the command post and from whoever holds a token. They become the same commands as those of every channel.
import type { RefusalReason } from "../core/refusal.ts";
import { decisions } from "../decisions.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { actorOf, forReaders, type GatedHandler } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";
import { refusalWords } from "../wording/reasons.ts";
import { type ReadOrder, readOrder } from "./orders.ts";

const statusOf: Readonly<Record<RefusalReason, number>> = {
  "incident-closed": 409,
  "incident-unknown": 404,
  "page-unknown": 404,
  "page-not-yours": 403,
  "already-answered": 409,
  "not-allowed": 403,
  "not-a-person": 403,
  "not-yet-open": 409,
  "not-in-command": 403,
  "already-declared": 409,
  "not-declared": 409,
  "already-asked": 409,
  "person-unknown": 404,
  "person-unreachable": 409,
  "service-unknown": 404,
  "report-empty": 400,
  "bridge-not-open": 409,
  "caller-unknown": 404,
  "nobody-to-call": 409,
  "not-a-responder": 403,
  "not-invited": 403,
  "too-many-waiting": 409,
  "called-lately": 409,
};

export function make(ports: PortsOf<"command-incident">): GatedHandler {
  const house = decisions(ports);
  const { signInSettings } = ports;
  const { directory } = house;

  return forReaders("command-incident", { directory, signInSettings }, async (event, _, reader) => {
    const read = readBody(event.body ?? "", event.isBase64Encoded);
    if ("wrong" in read)
      return problemResult({
        status: 400,
        code: "invalid-order",
        title: "This is no order",
        detail: read.wrong,
        ...(read.errors === undefined ? {} : { errors: read.errors }),
      });
    const actor = actorOf(reader);
    const key = event.headers["idempotency-key"]?.trim().slice(0, 100) ?? "";
    // A client counts its own orders: the same number of somebody else's is another order.
    const id = key === "" ? ports.mint.id() : `${actor.id} ${key}`;
    const envelope = { id, causeId: `web ${id}`, at: ports.clock.now(), actor, drill: false };
    const stream = `incident/${event.pathParameters?.["id"] ?? ""}` as const;
    const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...read.order });
    if (dispatched.outcome === "yielded") throw new Error(`${stream} yielded an order of the command post`);
    if (dispatched.outcome === "done")
      return jsonResult(200, { outcome: "done", version: dispatched.current.version });
    const { reason, by } = dispatched.refusal;
    const names = await house.directory.names(by === undefined ? [] : [by]);
    const detail = refusalWords(reason, by === undefined ? undefined : names.get(by));
    return problemResult({
      status: statusOf[reason],
      code: reason,
      title: "The order was not carried out",
      detail,
    });
  });
}

const readBody = (body: string, encoded: boolean): ReadOrder =>
  readOrder(encoded ? Buffer.from(body, "base64").toString("utf8") : body);
