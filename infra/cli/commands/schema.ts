// Prints the JSON Schema of the config file, for editors; schemas/muster.schema.json is made by it.
import { configJsonSchema } from "../../../schemas/config.ts";
import type { Command } from "../command.ts";

export const schema: Command = {
  summary: "print the JSON Schema of muster.yaml, for editors",
  async run(_values, terminal) {
    terminal.out(JSON.stringify(configJsonSchema(), null, 2));
    return 0;
  },
};
