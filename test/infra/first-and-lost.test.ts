// A first deployment that fails leaves nothing behind, and a hub whose table was lost goes on with another.
import { describe, expect, test } from "vitest";
import { storeLogicalId } from "../../infra/names.ts";
import { drawing } from "./support/drawing.ts";
import { mappingsOf } from "./support/graph.ts";
import { restoredStream } from "./support/said.ts";
import { at, functionsOf, ofType, resolved, type Template, texts } from "./support/template.ts";

const { plain, first, adopted, isProtected } = drawing();
const policies = (template: Template) =>
  new Set(Object.values(template.Resources).map(({ DeletionPolicy }) => DeletionPolicy ?? "Delete"));
const tableOf = (template: Template) => ofType(template, "AWS::DynamoDB::Table");

describe("a first deployment", () => {
  test("protects neither stack nor table, so that CloudFormation takes back what it could not finish", () => {
    expect(isProtected).toEqual({ plain: true, first: false });
    expect(tableOf(first)[0]?.properties["DeletionProtectionEnabled"]).toBe(false);
    expect(policies(first)).toEqual(new Set(["Delete", "RetainExceptOnCreate"]));
  });

  test("is the same as every later one but for that", () => {
    const [table] = tableOf(first);
    const { id = "", properties = {} } = table ?? {};
    const made = first.Resources[id];
    const later = { ...made, Properties: { ...properties, DeletionProtectionEnabled: true } };
    expect({ ...first.Resources, [id]: later }).toEqual(plain.Resources);
  });
});

test("the table keeps its logical id: under another one CloudFormation would make a new table, and leave the old one", () => {
  // Never change it: a hub that is out there would lose its table.
  expect(storeLogicalId).toBe("Store1D2A845B");
  expect([plain, first].map((template) => tableOf(template).map(({ id }) => id))).toEqual([
    [storeLogicalId],
    [storeLogicalId],
  ]);
});

describe("a hub with a table that was restored", () => {
  test("makes none, and its functions know that one by name", () => {
    expect(tableOf(adopted)).toEqual([]);
    const names = [...functionsOf(adopted).values()].flatMap(
      ({ properties }) => at(properties, "Environment", "Variables", "TABLE_NAME") ?? [],
    );
    expect(names.length).toBeGreaterThan(20);
    expect(new Set(names)).toEqual(new Set(["muster-restored"]));
  });

  test("hears that one's stream", () => {
    const relay = functionsOf(adopted).get("relay-events")?.id ?? "";
    const [feed] = mappingsOf(adopted, relay);
    expect(resolved(feed?.properties["EventSourceArn"])).toBe(restoredStream);
  });

  test("may reach that one and its indexes, wherever a hub of its own may reach its table", () => {
    const statements = (template: Template) =>
      ofType(template, "AWS::IAM::Policy")
        .flatMap(({ properties }) => texts(properties))
        .filter((text) => text.startsWith("dynamodb:")).length;
    expect(statements(adopted)).toBe(statements(plain));
    const written = JSON.stringify(ofType(adopted, "AWS::IAM::Policy"));
    expect(written).toContain(":table/muster-restored/index/due");
    expect(written).not.toContain(storeLogicalId);
  });
});
