// What would go wrong on the night it matters, asked of a running hub.
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, hubOptions } from "../command.ts";
import { columns } from "../help.ts";
import { callHub } from "../hub.ts";
import { inert, painted } from "../terminal.ts";

interface Readiness {
  readonly ready: boolean;
  readonly people: number;
  readonly findings: readonly {
    readonly standing: "problem" | "warning" | "fine";
    readonly about: string;
    readonly says: string;
    readonly advice?: string;
    readonly since?: string;
  }[];
}

const colours = { problem: "red", warning: "yellow", fine: "green" } as const;

export const ready: Command = {
  summary: "say what would go wrong tonight: who can't be reached, what carriers refuse, what is not set up",
  details: ["Exits with 1 where there is a problem; warnings and what is fine are listed as well."],
  options: hubOptions,
  async run(values, terminal) {
    const answer = await callHub({ method: "GET", path: "/api/readiness" }, values, terminal);
    if (answer === undefined) return 1;
    const { ready: isReady, people, findings } = answer as Readiness;
    const problems = findings.filter(({ standing }) => standing === "problem").length;
    if (values.flag("json")) terminal.out(printableJson(answer));
    else {
      const rows = findings.map(({ standing, about, says, advice, since }) => {
        const known = since === undefined ? says : `${says} (since ${since})`;
        return [standing, inert(about), inert(advice === undefined ? known : `${known}; ${advice}`)];
      });
      for (const [n, line] of columns(rows).entries()) {
        const standing = findings[n]?.standing ?? "fine";
        terminal.out(line.replace(standing, painted(terminal, colours[standing], standing)));
      }
      terminal.out(
        isReady
          ? `ready: ${people} people looked at`
          : `not ready: ${problems} ${problems === 1 ? "problem" : "problems"}`,
      );
    }
    return isReady ? 0 : 1;
  },
};
