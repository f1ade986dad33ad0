// One incident: where it stands, who was paged, and its timeline.
import { quoted } from "../../../functions/core/quoted.ts";
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, hubOptions } from "../command.ts";
import { columns } from "../help.ts";
import { callHub } from "../hub.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly serviceName: string;
  readonly phase: string;
  readonly drill: boolean;
  readonly alerts: number;
  readonly owner?: { readonly name: string };
  readonly codename?: string;
  readonly synopsis?: string;
  readonly sensitive?: boolean;
  readonly roster?: readonly { readonly person: { readonly name: string }; readonly signedInAt?: string }[];
  readonly can?: Readonly<Record<"conditions" | "actions" | "needs" | "at", string>> & {
    readonly by: { readonly name: string };
  };
  readonly nextUpdateDue?: string;
  readonly pages: readonly {
    readonly person: { readonly name: string };
    readonly state: string;
    readonly code: string;
  }[];
  readonly timeline: readonly { readonly at: string; readonly text: string }[];
}

export const show: Command = {
  summary: "show one incident with its pages and its timeline",
  words: "ID",
  options: hubOptions,
  async run(values, terminal) {
    const path = `/api/incidents/${encodeURIComponent(values.words[0] ?? "")}`;
    const answer = await callHub({ method: "GET", path }, values, terminal);
    if (answer === undefined) return 1;
    if (values.flag("json")) terminal.out(printableJson(answer));
    else print(answer as Shown, terminal);
    return 0;
  },
};

function print(incident: Shown, terminal: Terminal): void {
  const { title, drill, severity, serviceName, phase, alerts, owner, pages, timeline } = incident;
  terminal.out(painted(terminal, "bold", inert(drill ? `DRILL ${quoted(title)}` : quoted(title))));
  terminal.out(
    [
      severity,
      serviceName,
      phase,
      `${alerts} ${alerts === 1 ? "alert" : "alerts"}`,
      `owner ${owner?.name ?? "nobody"}`,
    ]
      .map(inert)
      .join(" · "),
  );
  for (const line of commandLines(incident)) terminal.out(inert(line));
  for (const line of columns(
    pages.map(({ person, state, code }) => ["", person.name, state, code].map(inert)),
  ))
    terminal.out(line);
  terminal.out("");
  for (const { at, text } of timeline) terminal.out(`${painted(terminal, "dim", inert(at))}  ${inert(text)}`);
}

/** What is known since somebody commands it; nothing where nobody has declared, come or reported. */
function commandLines({
  codename,
  synopsis,
  sensitive,
  roster = [],
  can,
  nextUpdateDue,
}: Shown): readonly string[] {
  const here = roster.filter(({ signedInAt }) => signedInAt !== undefined).map(({ person }) => person.name);
  const due = nextUpdateDue === undefined ? "" : ` · next update due ${nextUpdateDue}`;
  return [
    ...(codename === undefined
      ? []
      : [`${codename}${sensitive === true ? " (sensitive)" : ""}: ${quoted(synopsis ?? "")}`]),
    ...(here.length === 0 ? [] : [`here: ${here.join(", ")}`]),
    ...(can === undefined
      ? []
      : [
          `report by ${can.by.name}, ${can.at}${due}`,
          ...(["conditions", "actions", "needs"] as const)
            .filter((part) => can[part] !== "")
            .map((part) => `  ${part}: ${quoted(can[part])}`),
        ]),
    ...(can === undefined && due !== "" ? [`no report yet${due}`] : []),
  ];
}
