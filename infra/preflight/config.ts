// The organisation's file: what is wrong with it fails a deployment, and the sample's keys and numbers fail a night.
import { loadConfig } from "../../schemas/load-config.ts";
import { fictionalNumbersIn } from "../fictional-numbers.ts";
import { packedConfig } from "../packed-config.ts";
import type { Settings } from "../settings.ts";
import { type Check, type Fault, fault } from "./check.ts";

export const configCheck = (read: (file: string) => Promise<string | undefined>): Check => ({
  about: "the organisation's file",
  async faults({ config }: Settings): Promise<readonly Fault[]> {
    const text = await read(config);
    if (text === undefined) return [fault(`there is no file ${config}`, "give -c config=FILE")];
    const loaded = loadConfig(text);
    if ("problems" in loaded)
      return loaded.problems.map(({ line, column, message, advice }) =>
        fault(`${config}:${line}:${column} ${message}`, advice),
      );
    const { demoKeys } = packedConfig(text);
    const numbers = fictionalNumbersIn(text);
    return [
      ...demoKeys.map((source) =>
        fault(
          `${config}: source ${source} has a demo key, which everybody knows`,
          "make one with: npx muster key",
        ),
      ),
      ...(numbers.length === 0
        ? []
        : [
            fault(
              `${config}: ${numbers.join(", ")}: for books and films, with nobody behind them`,
              "write your people's own",
            ),
          ]),
    ];
  },
});
