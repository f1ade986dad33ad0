// Gives an order to one incident.
import { printableJson } from "../../functions/core/text.ts";
import type { Command, ExitCode, Option, Values } from "./command.ts";
import { hubOptions } from "./command.ts";
import { callHub } from "./hub.ts";
import { inert, painted, type Terminal } from "./terminal.ts";

interface More {
  readonly options?: Readonly<Record<string, Option>>;
  readonly details?: readonly string[];
  /** What the order says beside its type; or why it says too little, or too much. */
  readonly fields?: (values: Values) => Fields | { readonly wrong: string };
}
type Fields = { readonly said: Readonly<Record<string, string | boolean>> };

export const order = (type: string, summary: string, done: string, more: More = {}): Command => ({
  summary,
  words: "ID",
  ...(more.details === undefined ? {} : { details: more.details }),
  options: { ...more.options, ...hubOptions },
  async run(values, terminal) {
    const fields = more.fields?.(values) ?? { said: {} };
    if ("wrong" in fields) {
      terminal.err(`muster ${fields.wrong}`);
      return 2;
    }
    return give({ type, ...fields.said }, done, values, terminal);
  },
});

async function give(
  body: Readonly<Record<string, string | boolean>>,
  done: string,
  values: Values,
  terminal: Terminal,
): Promise<ExitCode> {
  const id = values.words[0] ?? "";
  const path = `/api/incidents/${encodeURIComponent(id)}/commands`;
  const answer = await callHub({ method: "POST", path, body }, values, terminal);
  if (answer === undefined) return 1;
  terminal.out(
    values.flag("json") ? printableJson(answer) : `${painted(terminal, "green", done)}  ${inert(id)}`,
  );
  return 0;
}

/** Those of the options that were given. */
export const textsOf = (values: Values, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = values.text(name);
      return text === undefined ? [] : [[name, text]];
    }),
  );
