// The hand that picks up, presses keys and hangs up, for the page and for tests.
import * as z from "zod";
import { nowhere, problem, reading } from "../reading.ts";
import { json } from "../refusals.ts";
import { answer, type SimulatorReply } from "../replies.ts";
import { answeredBy } from "./call.ts";
import type { Exchange } from "./exchange.ts";

const answerSchema = z.object({ by: z.enum(answeredBy).optional() });
const pressSchema = z.object({ digits: z.string().regex(/^[0-9#*]{1,32}$/, "keys are 0 to 9, # and *") });

/** POST calls/{sid}/answer {by?} · /press {digits} · /hangup. 409 when the call is not at that point. */
export async function callControl(
  method: string,
  sid: string | undefined,
  action: string | undefined,
  body: string,
  exchange: Exchange,
): Promise<SimulatorReply> {
  if (method !== "POST" || sid === undefined) return nowhere;
  const call = exchange.memory.call(sid);
  if (call === undefined) return problem(404, "There is no such call");
  const done = (happened: boolean, otherwise: string) =>
    happened
      ? json(200, { sid, status: call.status })
      : json(409, { status: 409, title: otherwise, call: call.status });
  switch (action) {
    case "answer":
      return reading(answerSchema, body === "" ? "{}" : body, ({ by }) =>
        done(exchange.answer(sid, by), "This call does not ring"),
      );
    case "press":
      return reading(pressSchema, body, ({ digits }) =>
        done(exchange.press(sid, digits), "Nobody is in this call"),
      );
    case "hangup":
      return answer(done(exchange.hangUp(sid), "This call is over, or has not begun"));
    default:
      return nowhere;
  }
}
