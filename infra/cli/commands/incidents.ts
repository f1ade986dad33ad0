// Which incidents there are.
import { quoted } from "../../../functions/core/quoted.ts";
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, hubOptions } from "../command.ts";
import { columns } from "../help.ts";
import { callHub } from "../hub.ts";
import { inert } from "../terminal.ts";

interface Listed {
  readonly id: string;
  readonly severity: string;
  readonly phase: string;
  readonly service: string;
  readonly title: string;
  readonly openedAt: string;
  readonly drill: boolean;
  readonly owner?: string;
}

export const incidents: Command = {
  summary: "list the incidents that are open, or all",
  options: { ...hubOptions, all: { type: "boolean", help: "also those that are over" } },
  async run(values, terminal) {
    const state = values.flag("all") ? "all" : "open";
    const answer = await callHub({ method: "GET", path: `/api/incidents?state=${state}` }, values, terminal);
    if (answer === undefined) return 1;
    const { incidents: found } = answer as { readonly incidents: readonly Listed[] };
    if (values.flag("json")) terminal.out(printableJson(answer));
    else if (found.length === 0) terminal.out(state === "all" ? "no incidents" : "no open incidents");
    else for (const line of columns(found.map(row))) terminal.out(line);
    return 0;
  },
};

const row = ({ id, severity, phase, service, title, openedAt, drill, owner }: Listed): readonly string[] =>
  [
    id,
    openedAt,
    severity,
    phase,
    service,
    owner ?? "nobody",
    drill ? `DRILL ${quoted(title)}` : quoted(title),
  ].map(inert);
