// Puts dead letters back on their way, once what broke is mended.
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, hubOptions } from "../command.ts";
import { callHub } from "../hub.ts";
import { inert } from "../terminal.ts";

export const redrive: Command = {
  summary: "put dead letters back on their way",
  options: hubOptions,
  async run(values, terminal) {
    const answer = await callHub(
      { method: "POST", path: "/api/dead-letters/redrive", body: {} },
      values,
      terminal,
    );
    if (answer === undefined) return 1;
    const { redriven } = answer as { readonly redriven: number };
    terminal.out(values.flag("json") ? printableJson(answer) : `${inert(redriven)} put back on their way`);
    return 0;
  },
};
