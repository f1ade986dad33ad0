// Run as a program of its own by drawing.ts: draws the cloud picture in a few variants and reviews it with cdk-nag.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type CfnStack, NestedStack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { HubStack } from "../../../infra/hub-stack.ts";
import { readSettings } from "../../../infra/settings.ts";
import { joined } from "./joined.ts";
import { type Drawing, dressed, type Finding, plain, restoredStream } from "./said.ts";
import type { Template } from "./template.ts";

const folder = mkdtempSync(join(tmpdir(), "muster-drawing-"));
const cdkJson = readFileSync(join(import.meta.dirname, "../../../cdk.json"), "utf8");
const flags = (JSON.parse(cdkJson) as { readonly context: Record<string, unknown> }).context;

interface Drawn {
  readonly isProtected: boolean;
  readonly whole: Template;
  readonly files: Readonly<Record<string, Template>>;
}

function draw(variant: string, context: Readonly<Record<string, string>>, review: boolean): Drawn {
  const outdir = join(folder, variant);
  const app = new App({
    outdir,
    context: { ...flags, ...context },
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
  });
  if (review) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const settings = readSettings((name) => context[name], { account: undefined, region: undefined });
  const bundleOf = (name: string): string => {
    const bundle = join(folder, "bundles", name);
    mkdirSync(bundle, { recursive: true });
    writeFileSync(join(bundle, "index.mjs"), `// ${name}\n`);
    return bundle;
  };
  const hub = new HubStack(app, "Muster", { settings, bundleOf });
  try {
    app.synth();
  } catch (error) {
    // Findings end a synthesis; here they are what is asked for, and the template is written by then.
    if (!review || !existsSync(reportOf(outdir))) throw error;
  }
  const read = (file: string): Template => JSON.parse(readFileSync(join(outdir, file), "utf8")) as Template;
  const nested = hub.node.findAll().flatMap((one) => (NestedStack.isNestedStack(one) ? [one] : []));
  const main = read(hub.templateFile);
  const apart = nested.map((stack) => ({
    path: stack.node.path,
    id: hub.getLogicalId(stack.nestedStackResource as CfnStack),
    template: read(stack.templateFile),
  }));
  return {
    isProtected: hub.terminationProtection === true,
    whole: joined(main, new Map(apart.map(({ id, template }) => [id, template]))),
    files: Object.fromEntries([
      ["Muster", main],
      ...apart.map(({ path, template }) => [path, template] as const),
    ]),
  };
}

const reportOf = (outdir: string): string => join(outdir, "validation-report.json");

function findings(): readonly Finding[] {
  const report = JSON.parse(readFileSync(reportOf(join(folder, "plain")), "utf8")) as Report;
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, where: constructPath })),
    ),
  );
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

const [little, everything] = [draw("plain", plain, true), draw("dressed", dressed, false)];
const [first, adopted] = [
  draw("first", { ...plain, protected: "false" }, false),
  draw("adopted", { ...plain, adoptTable: restoredStream }, false),
];
const drawing: Drawing = {
  plain: little.whole,
  dressed: everything.whole,
  first: first.whole,
  adopted: adopted.whole,
  isProtected: { plain: little.isProtected, first: first.isProtected },
  files: { plain: little.files, dressed: everything.files },
  findings: findings(),
};
const [, , out] = process.argv;
if (out !== undefined) writeFileSync(out, JSON.stringify(drawing));
rmSync(folder, { recursive: true });
