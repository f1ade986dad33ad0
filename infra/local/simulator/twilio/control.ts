// What only a simulator has: a look at the phones, a text typed on one of them, and faults on command.
import * as z from "zod";
import type { SimulatorEvent } from "./events.ts";
import { type FaultQueue, faultSchema } from "./faults.ts";
import type { TextOutcome } from "./inbound.ts";
import { isNumber } from "./messages-api.ts";
import type { PhoneMemory } from "./phones.ts";
import { json } from "./refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "./replies.ts";

export interface ControlParts {
  readonly memory: PhoneMemory;
  readonly faults: FaultQueue;
  readonly follow: (signal: AbortSignal) => AsyncIterable<SimulatorEvent>;
  readonly text: (number: string, body: string) => Promise<TextOutcome>;
}

/** GET phones, phones/{number}, faults, events · POST phones/{number}/text, faults · DELETE faults */
export async function control(
  { method, headers, body }: SimulatorRequest,
  path: string,
  { memory, faults, follow, text }: ControlParts,
): Promise<SimulatorReply> {
  // A page of another origin, open in the same browser, must not press keys on these phones.
  if (isForeign(headers)) return problem(403, "Requests from other sites are not taken");
  const [what, number, action, more] = path.slice("/simulator/".length).split("/").map(decoded);
  if (number !== undefined && (what !== "phones" || more !== undefined)) return nowhere;
  if (number !== undefined && !isNumber(number))
    return problem(400, "A phone is named by its number, for example +12025550101");
  switch (
    `${method} ${what}${number === undefined ? "" : "/number"}${action === undefined ? "" : `/${action}`}`
  ) {
    case "GET phones":
      return answer(json(200, { phones: memory.numbers().map((each) => memory.phone(each)) }));
    case "GET phones/number":
      return answer(json(200, memory.phone(number ?? "")));
    case "POST phones/number/text":
      return reading(textSchema, body, async (read) => json(200, await text(number ?? "", read.body)));
    case "GET faults":
      return answer(json(200, { faults: faults.list() }));
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

async function reading<Body>(
  schema: z.ZodType<Body>,
  body: string,
  act: (read: Body) => ReturnType<typeof json> | Promise<ReturnType<typeof json>>,
): Promise<SimulatorReply> {
  const read = schema.safeParse(parsed(body));
  return read.success ? answer(await act(read.data)) : problem(400, z.prettifyError(read.error));
}

const problem = (status: number, title: string): SimulatorReply =>
  answer({ ...json(status, { status, title }), headers: { "content-type": "application/problem+json" } });
const nowhere = problem(404, "The simulator has no such address");

function isForeign(headers: SimulatorRequest["headers"]): boolean {
  const origin = headers["origin"];
  return origin !== undefined && URL.parse(origin)?.host !== headers["host"];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the schema's message says what was expected
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray %: it will match nothing
  }
}
