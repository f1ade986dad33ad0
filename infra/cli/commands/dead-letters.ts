// What no function could take, for the operator.
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, hubOptions } from "../command.ts";
import { columns } from "../help.ts";
import { callHub } from "../hub.ts";
import { inert } from "../terminal.ts";

interface Letter {
  readonly id: string;
  readonly function: string;
  readonly reason: string;
  readonly at: number;
}

export const deadLetters: Command = {
  summary: "list what no function could take",
  options: hubOptions,
  async run(values, terminal) {
    const answer = await callHub({ method: "GET", path: "/api/dead-letters" }, values, terminal);
    if (answer === undefined) return 1;
    const { letters } = answer as { readonly letters: readonly Letter[] };
    const rows = letters.map(({ id, at, reason, ...letter }) =>
      [id, new Date(at).toISOString(), letter.function, reason.split("\n")[0]].map(inert),
    );
    if (values.flag("json")) terminal.out(printableJson(answer));
    else for (const line of rows.length === 0 ? ["no dead letters"] : columns(rows)) terminal.out(line);
    return 0;
  },
};
