// What only a simulator has: a look at the phones, a text typed on one of them, and faults on command.
import * as z from "zod";
import { callControl } from "./calls/call-control.ts";
import { calleeSchema } from "./calls/callees.ts";
import { callerSchema } from "./calls/callers.ts";
import type { Exchange } from "./calls/exchange.ts";
import type { SimulatorEvent } from "./events.ts";
import { type FaultQueue, faultSchema } from "./faults.ts";
import type { TextOutcome } from "./inbound.ts";
import { isNumber } from "./messages-api.ts";
import type { Phone } from "./phones.ts";
import { nowhere, problem, reading } from "./reading.ts";
import { json } from "./refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "./replies.ts";

export interface ControlParts {
  readonly numbers: () => readonly string[];
  readonly phone: (number: string) => Phone;
  readonly exchange: Exchange;
  readonly faults: FaultQueue;
  readonly follow: (signal: AbortSignal) => AsyncIterable<SimulatorEvent>;
  readonly text: (number: string, body: string) => Promise<TextOutcome>;
}

/**
 * GET phones, phones/{number}, faults, events · POST phones/{number}/text, …/call, …/callee, calls/{sid}/answer, …/press,
 * …/hangup, faults · DELETE faults
 */
export async function control(
  request: SimulatorRequest,
  path: string,
  parts: ControlParts,
): Promise<SimulatorReply> {
  const { method, headers, body } = request;
  const { numbers, phone, exchange, faults, follow, text } = parts;
  // A page of another origin, open in the same browser, must not press keys on these phones.
  if (isForeign(headers)) return problem(403, "Requests from other sites are not taken");
  const [what, number, action, more] = path.slice("/simulator/".length).split("/").map(decoded);
  if (what === "calls" && more === undefined) return callControl(method, number, action, body, exchange);
  if (number !== undefined && (what !== "phones" || more !== undefined)) return nowhere;
  if (number !== undefined && !isNumber(number))
    return problem(400, "A phone is named by its number, for example +12025550101");
  switch (
    `${method} ${what}${number === undefined ? "" : "/number"}${action === undefined ? "" : `/${action}`}`
  ) {
    case "GET phones":
      return answer(json(200, { phones: numbers().map(phone) }));
    case "GET phones/number":
      return answer(json(200, phone(number ?? "")));
    case "POST phones/number/text":
      return reading(textSchema, body, async (read) => json(200, await text(number ?? "", read.body)));
    case "GET faults":
      return answer(json(200, { faults: faults.list() }));
    case "POST phones/number/call":
      return reading(callerSchema, body === "" ? "{}" : body, (script) =>
        json(201, { sid: exchange.dial(number ?? "", script) }),
      );
    case "GET phones/number/callee":
      return answer(json(200, exchange.calleeOf(number ?? "")));
    case "POST phones/number/callee":
      return reading(calleeSchema, body, (read) => {
        exchange.callee(number ?? "", read);
        return json(200, read);
      });
    case "POST faults":
      return reading(scriptSchema, body, (read) => {
        faults.add(Array.isArray(read) ? read : [read]);
        return json(200, { faults: faults.list() });
      });
    case "DELETE faults":
      faults.clear();
      return answer(json(200, { faults: [] }));
    case "GET events":
      return { kind: "events", follow };
    default:
      return nowhere;
  }
}

const scriptSchema = z.union([z.array(faultSchema).max(1_000), faultSchema]);
const textSchema = z.object({ body: z.string().max(1_600) });

export function isForeign(headers: SimulatorRequest["headers"]): boolean {
  const origin = headers["origin"];
  return origin !== undefined && URL.parse(origin)?.host !== headers["host"];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray %: it will match nothing
  }
}
