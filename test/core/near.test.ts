// Whom, or what, somebody meant by a name.
import fc from "fast-check";
import { expect, test } from "vitest";
import { findNamed } from "../../functions/core/near.ts";

const all = [
  { id: "ada", names: ["ada", "Ada Okafor"] },
  { id: "linus", names: ["linus", "Linus Ekdahl"] },
  { id: "zoe", names: ["zoe", "Zoë Ångström"] },
  { id: "ann1", names: ["ann1", "Ann Lee"] },
  { id: "ann2", names: ["ann2", "Ann Marsh"] },
  { id: "checkout", names: ["checkout", "Checkout"] },
  { id: "sync", names: ["sync", "Warehouse sync"] },
];

test.each([
  ["ada", "ada"],
  ["ADA", "ada"],
  ["Ada Okafor", "ada"],
  ["okafor", "ada"],
  ["zoe", "zoe"],
  ["Zoe Angstrom", "zoe"],
  ["ann lee", "ann1"],
  ["warehouse", "sync"],
])("“%s” is %s", (said, id) => {
  expect(findNamed(said, all)).toEqual({ outcome: "one", id });
});

test("a name that two have is asked about, and not guessed", () => {
  expect(findNamed("ann", all)).toEqual({ outcome: "several", ids: ["ann1", "ann2"] });
});

test.each([
  ["linsu", ["linus"]],
  ["chekout", ["checkout"]],
  ["okafr", ["ada"]],
  ["an", ["ann1", "ann2"]],
  ["somebody", []],
  ["", []],
])("“%s” is nobody; near is %j", (said, near) => {
  const found = findNamed(said, all);
  expect(found.outcome).toBe("none");
  if (found.outcome === "none") expect(found.near.toSorted()).toEqual(near.toSorted());
});

test("whoever is found bears the name, and one letter that is wrong finds nobody by itself", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (said) => {
      const found = findNamed(said, all);
      if (found.outcome !== "one") return;
      const names = all.find(({ id }) => id === found.id)?.names ?? [];
      const plain = (text: string) =>
        text
          .normalize("NFKD")
          .replace(/[^\p{L}\p{N}]+/gu, "")
          .toLowerCase();
      expect(names.some((name) => plain(name).includes(plain(said)))).toBe(true);
    }),
  );
});
