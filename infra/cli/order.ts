// Gives an order to one incident.
import type { Command } from "./command.ts";
import { hubOptions } from "./command.ts";
import { callHub } from "./hub.ts";
import { inert, painted } from "./terminal.ts";

export const order = (type: string, summary: string, done: string): Command => ({
  summary,
  words: "ID",
  options: hubOptions,
  async run(values, terminal) {
    const id = values.words[0] ?? "";
    const path = `/api/incidents/${encodeURIComponent(id)}/commands`;
    const answer = await callHub({ method: "POST", path, body: { type } }, values, terminal);
    if (answer === undefined) return 1;
    terminal.out(
      values.flag("json") ? JSON.stringify(answer) : `${painted(terminal, "green", done)}  ${inert(id)}`,
    );
    return 0;
  },
});
