// How a control route reads what it is sent, and says what is wrong with it.
import * as z from "zod";
import { json } from "./refusals.ts";
import { answer, type SimulatorReply } from "./replies.ts";

export async function reading<Body>(
  schema: z.ZodType<Body>,
  body: string,
  act: (read: Body) => ReturnType<typeof json> | Promise<ReturnType<typeof json>>,
): Promise<SimulatorReply> {
  const read = schema.safeParse(parsed(body));
  return read.success ? answer(await act(read.data)) : problem(400, z.prettifyError(read.error));
}

export const problem = (status: number, title: string): SimulatorReply =>
  answer({ ...json(status, { status, title }), headers: { "content-type": "application/problem+json" } });
export const nowhere = problem(404, "The simulator has no such address");

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the schema's message says what was expected
  }
}
