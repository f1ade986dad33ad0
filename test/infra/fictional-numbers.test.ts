// A deployment that pages numbers of books and films pages nobody.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fictionalNumbersIn } from "../../infra/fictional-numbers.ts";

test("every number of the sample is one of them, and each is named once", () => {
  const sample = readFileSync(new URL("../../muster.yaml", import.meta.url), "utf8");
  const all = new Set([...sample.matchAll(/"(\+\d+)"/g)].map(([, number]) => number));
  expect(all.size).toBeGreaterThanOrEqual(5);
  expect(new Set(fictionalNumbersIn(sample))).toEqual(all);
});

test.each([
  "+12025550200",
  "+447700901000",
  "+61491570007",
  "+46701740604",
  "+46701740700",
  "+46846500500",
  "+4915112345678",
])("%s may be somebody's", (number) => {
  expect(fictionalNumbersIn(`phone: "${number}"`)).toEqual([]);
});

// One of each range, at both ends: a digit too many in a pattern matches nothing, and nobody notices.
test.each([
  ["North America", "+12125550100", "+19075550199"],
  ["British mobiles", "+447700900000", "+447700900999"],
  ["Leeds", "+441134960000", "+441134960999"],
  ["Manchester", "+441614960000", "+441614960999"],
  ["London", "+442079460000", "+442079460999"],
  ["Tyneside", "+441914980000", "+441914980999"],
  ["Northern Ireland", "+442896496000", "+442896496999"],
  ["Cardiff", "+442920180000", "+442920180999"],
  ["no British area", "+441632960000", "+441632960999"],
  ["British freephone", "+448081570000", "+448081570999"],
  ["all of Britain", "+443069990000", "+443069990999"],
  ["British premium rate", "+449098790000", "+449098790999"],
  ["Australian mobiles", "+61491570006", "+61491579455"],
  ["Sydney", "+61255500000", "+61270109999"],
  ["Australian freephone", "+611800160401", "+611800975711"],
  ["Swedish mobiles", "+46701740605", "+46701740699"],
  ["Stockholm", "+46846500400", "+46846500499"],
  ["Gothenburg", "+46313900600", "+46313900699"],
])("%s has numbers that are nobody's", (_, first, last) => {
  expect(fictionalNumbersIn(`sms: "${first}"\nvoice: "${last}"`)).toEqual([first, last]);
});

test("a number is recognised however it is grouped", () => {
  expect(fictionalNumbersIn('phone: "+1 (202) 555-0101"\nsms: "+44 7700 900 123"')).toEqual([
    "+12025550101",
    "+447700900123",
  ]);
});
