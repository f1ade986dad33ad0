// Orders from the command post and from whoever holds a token. They become the same commands as those of every channel.
import type { IncidentOrder } from "../core/incident/commands.ts";
import type { RefusalReason } from "../core/refusal.ts";
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, type Problem, problemResult } from "../problem.ts";
import { notSignedIn, type SignedIn, signedIn } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";
import { refusalWords } from "../wording/reasons.ts";

/** What the API calls an order; a later part adds its line. */
const orders = {
  acknowledge: { type: "Acknowledge" },
  escalate: { type: "Escalate" },
  "stand-down": { type: "StandDown" },
  resolve: { type: "StandDown" },
} as const satisfies Record<string, IncidentOrder>;

const statusOf: Readonly<Record<RefusalReason, number>> = {
  "incident-closed": 409,
  "incident-unknown": 404,
  "page-unknown": 404,
  "page-not-yours": 403,
  "already-answered": 409,
  "not-allowed": 403,
  "not-yet-open": 409,
  "not-in-command": 403,
  "bridge-not-open": 409,
  "caller-unknown": 404,
  "nobody-to-call": 409,
};

export function make(ports: PortsOf<"command-incident">): HttpHandler {
  const house = decisions(ports);

  /** The person of the config with this sign-in, so that the web and the phone speak of the same one. */
  const personOf = async (who: SignedIn): Promise<SignedIn> => {
    const person = await house.directory.personBySignIn(who.id);
    return person === undefined ? who : { ...who, id: person.id, name: person.name };
  };

  return async (event) => {
    const who = signedIn(event);
    if (who === undefined) return problemResult(notSignedIn);
    const read = orderOf(event.body, event.isBase64Encoded);
    if ("problem" in read) return problemResult(read.problem);
    const id = event.headers["idempotency-key"]?.slice(0, 100) ?? ports.mint.id();
    const actor = await personOf(who);
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
  };
}

function orderOf(
  body: string | undefined,
  encoded: boolean,
): { order: IncidentOrder } | { problem: Problem } {
  const known = Object.keys(orders).join(", ");
  const problem = (detail: string): { problem: Problem } => ({
    problem: { status: 400, code: "invalid-order", title: "This is no order", detail },
  });
  let order: unknown;
  try {
    order = JSON.parse(encoded ? Buffer.from(body ?? "", "base64").toString("utf8") : (body ?? ""));
  } catch {
    return problem(`The body has to be JSON, for example {"type":"acknowledge"}.`);
  }
  const type: unknown =
    typeof order === "object" && order !== null && "type" in order ? order.type : undefined;
  if (typeof type !== "string" || !Object.hasOwn(orders, type))
    return problem(`"type" has to be one of: ${known}.`);
  return { order: orders[type as keyof typeof orders] };
}
