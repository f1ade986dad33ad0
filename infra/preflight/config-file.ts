// The organisation's file: its problems fail a deployment, and the sample's keys and numbers fail a night.
import { type ConfigProblem, loadConfig } from "../../schemas/load-config.ts";
import { fictionalNumbersIn } from "../fictional-numbers.ts";
import { packedConfig } from "../packed-config.ts";
import type { Settings } from "../settings.ts";
import { type Check, type Finding, fault, warning } from "./check.ts";

export const configCheck = (
  { config }: Settings,
  read: (file: string) => Promise<string | undefined>,
): Check => ({
  title: "config file",
  needs: [],
  async run() {
    const text = await read(config);
    if (text === undefined) return [fault("config", `there is no file ${config}`, "give -c config=FILE")];
    const loaded = loadConfig(text);
    if ("problems" in loaded) return loaded.problems.map((problem) => placed(fault, config, problem));
    const warnings = loaded.warnings.filter(({ message }) => !message.includes("demo keys"));
    return [...sampleLeft(config, text), ...warnings.map((problem) => placed(warning, config, problem))];
  },
});

const placed = (
  finding: typeof fault,
  file: string,
  { line, column, path, message, advice }: ConfigProblem,
): Finding => finding(`${file}:${line}:${column}`, path === "" ? message : `${path}: ${message}`, advice);

function sampleLeft(config: string, text: string): readonly Finding[] {
  let demoKeys: readonly string[];
  try {
    ({ demoKeys } = packedConfig(text));
  } catch (error) {
    // It can be read, and yet its keys can't be replaced by their hashes: the message says what to do.
    const message = error instanceof Error ? error.message : String(error);
    return [fault(config, message, "fix the keys under sources")];
  }
  const numbers = fictionalNumbersIn(text);
  const findings: Finding[] = demoKeys.map((source) =>
    fault(
      `${config}: sources.${source}.key`,
      "is a demo key, which everybody knows",
      "make a new one with `npx muster key`, and write its hash as key_sha256",
    ),
  );
  if (numbers.length > 0)
    findings.push(
      fault(
        config,
        `${numbers.join(", ")}: numbers for books and films, so a page would reach nobody`,
        "write your people's own numbers",
      ),
    );
  return findings;
}
