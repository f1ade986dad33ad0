// Says what is wrong with a config file, all at once.
import { printableJson } from "../../../functions/core/text.ts";
import { loadConfig } from "../../../schemas/load-config.ts";
import type { Command } from "../command.ts";
import { openConfig, told } from "../config-file.ts";
import { painted } from "../terminal.ts";

export const check: Command = {
  summary: "say what is wrong with a config file (muster.yaml)",
  words: "[FILE]",
  async run(values, terminal) {
    const file = await openConfig(values.words[0] ?? "muster.yaml", terminal);
    if (file === undefined) return 1;
    const loaded = loadConfig(file.text);
    const problems = "problems" in loaded ? loaded.problems : [];
    const warnings = "problems" in loaded ? [] : loaded.warnings;
    if (values.flag("json")) {
      const version = "problems" in loaded ? {} : { version: loaded.version };
      terminal.out(
        printableJson({ file: file.name, ok: problems.length === 0, ...version, problems, warnings }),
      );
      return problems.length === 0 ? 0 : 1;
    }
    for (const problem of problems) terminal.err(told(problem, file, "red", terminal));
    for (const warning of warnings) terminal.err(told(warning, file, "yellow", terminal));
    if ("problems" in loaded) {
      terminal.err(`${problems.length} ${problems.length === 1 ? "problem" : "problems"} in ${file.name}`);
      return 1;
    }
    const { people, services, sources } = loaded.organisation;
    const counted = `${people.length} people, ${services.length} services, ${sources.length} sources`;
    terminal.out(`${painted(terminal, "green", "ok")}  ${file.name}: ${counted}, version ${loaded.version}`);
    return 0;
  },
};
