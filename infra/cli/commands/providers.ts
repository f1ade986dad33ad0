// How the carriers do, for the operator.
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, hubOptions } from "../command.ts";
import { columns } from "../help.ts";
import { callHub } from "../hub.ts";
import { inert } from "../terminal.ts";

interface Seen {
  readonly name: string;
  readonly state: string;
  readonly text: string;
}

export const providers: Command = {
  summary: "say how the carriers do that take texts and calls",
  options: hubOptions,
  async run(values, terminal) {
    const answer = await callHub({ method: "GET", path: "/api/providers" }, values, terminal);
    if (answer === undefined) return 1;
    const { providers: seen } = answer as { readonly providers: readonly Seen[] };
    if (values.flag("json")) terminal.out(printableJson(answer));
    else
      for (const line of columns(seen.map(({ name, state, text }) => [name, state, text].map(inert))))
        terminal.out(line);
    return 0;
  },
};
