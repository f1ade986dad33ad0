// Looks first, then deploys: the first time without protection, so that what fails leaves nothing behind, and once more with it.

import { contextOf } from "../../preflight/context.ts";
import type { Command } from "../command.ts";
import { contextOption, lookedAt } from "./preflight.ts";

export const deploy: Command = {
  summary: "look at everything that a deployment needs, then deploy",
  details: [
    "Runs `cdk deploy Muster`. Where there is no stack yet it deploys twice: without protection, and when all is there",
    "with it. Further options are those of --context; for others of the CDK run `npx cdk deploy Muster` yourself.",
  ],
  options: contextOption,
  async run(values, terminal) {
    const looked = await lookedAt(values, terminal);
    if (looked === undefined) return 2;
    if (looked.some(({ faults }) => faults.length > 0)) {
      terminal.err("Nothing was deployed.");
      return 1;
    }
    const given = values.list("context");
    const context = await contextOf(given, (file) => terminal.read(file));
    const region = "values" in context ? context.values["region"] : undefined;
    const { AWS_REGION: usual, AWS_DEFAULT_REGION: older } = terminal.env;
    const { stackStatus } = await import("../../preflight/aws.ts");
    const status = await stackStatus(typeof region === "string" ? region : (usual ?? older ?? ""));
    const isFirst = status === undefined || status === "ROLLBACK_COMPLETE";
    const cdk = (...more: readonly string[]) =>
      terminal.program("npx", [
        "--no-install",
        "cdk",
        "deploy",
        "Muster",
        ...[...given, ...more].flatMap((each) => ["-c", each]),
      ]);
    if (isFirst) {
      terminal.out(
        "There is no stack yet: it is made without protection, and protected when it is complete.",
      );
      if ((await cdk("protected=false")) !== 0) {
        terminal.err(
          "The stack was not made. What CloudFormation had made of it is taken back; mend the reason, and deploy again.",
        );
        return 1;
      }
    }
    return (await cdk()) === 0 ? 0 : 1;
  },
};
