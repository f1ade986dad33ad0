// Says what would make a deployment fail, or its first night.
import { printableJson } from "../../../functions/core/text.ts";
import type { Command } from "../command.ts";
import { checked, countOf, deploymentOptions, reportOf } from "../preflight.ts";
import { painted } from "../terminal.ts";

export const preflight: Command = {
  summary: "say what would make a deployment fail, or its first night; changes nothing",
  details: [
    "Reads the settings as `cdk deploy` does, and checks settings, config file, credentials, bootstrap, secrets, sign-in,",
    "Lambda's concurrency, certificate, stack and tables. What can't be checked is a fault.",
  ],
  options: deploymentOptions,
  async run(values, terminal) {
    const done = await checked(values, terminal);
    if (done === undefined) return 2;
    if (values.flag("json")) terminal.out(printableJson(reportOf(done)));
    else
      terminal.out(
        `${done.isReady ? painted(terminal, "green", "ready to deploy") : painted(terminal, "red", "not ready")}: ${countOf(done)}`,
      );
    return done.isReady ? 0 : 1;
  },
};
