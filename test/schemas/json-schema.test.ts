// The schema that editors use is the one that the hub uses.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configJsonSchema } from "../../schemas/config.ts";

test("muster.schema.json is current (npm run schema makes it)", () => {
  const written = readFileSync(new URL("../../schemas/muster.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test("it refuses unknown names, and describes what a person may write", () => {
  const schema = configJsonSchema() as unknown as {
    additionalProperties: boolean;
    properties: Record<string, { description?: string }>;
  };
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties["routing"]?.description).toContain("the last one must match everything");
});
