// What others' reviewers say of the template: CloudFormation's own validator, and cdk-nag.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as validator from "@aws/cloudformation-validate";
import { TemplateFile } from "@aws/cloudformation-validate";
import { afterAll, describe, expect, test } from "vitest";
import { acceptedFindings } from "./accepted-findings.ts";
import { drawing } from "./support/drawing.ts";
import type { Template } from "./support/template.ts";

const { files, findings } = drawing();

describe("CloudFormation's validator", () => {
  const folder = mkdtempSync(join(tmpdir(), "muster-review-"));
  const engine = new validator.CelEngine();
  afterAll(() => {
    engine.free();
    rmSync(folder, { recursive: true });
  });

  function fatal(template: Template): readonly string[] {
    const file = join(folder, "template.json");
    writeFileSync(file, JSON.stringify(template));
    const { diagnostics } = engine.validateStandard(new TemplateFile(file));
    return diagnostics
      .filter(({ severity }) => severity === "FATAL")
      .map(({ ruleId, message }) => `${ruleId} ${message}`);
  }

  const each = Object.entries(files).flatMap(([variant, templates]) =>
    Object.entries(templates).map(([name, template]) => [`${name} (${variant})`, template] as const),
  );

  test.each(each)("finds nothing in %s that a deployment would stumble over", (_, template) => {
    expect(fatal(template)).toEqual([]);
  });

  test.each(each)("would find it in %s", (_, template) => {
    const broken = {
      ...template.Resources,
      Stray: { Type: "AWS::SQS::Queue", Properties: { DelaySeconds: 901 } },
    };
    expect(fatal({ ...template, Resources: broken }).join("\n")).toMatch(/DelaySeconds|901/);
  });
});

describe("cdk-nag", () => {
  const accepts = (
    { rule, where }: (typeof acceptedFindings)[number],
    finding: (typeof findings)[number],
  ): boolean => finding.rule === rule && where.test(finding.where);

  test("finds nothing but what was weighed and accepted", () => {
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter((finding) => !acceptedFindings.some((one) => accepts(one, finding)))).toEqual([]);
  });

  test.each(acceptedFindings)("$rule is still accepted for something: $because", (one) => {
    expect(findings.some((finding) => accepts(one, finding))).toBe(true);
  });
});
