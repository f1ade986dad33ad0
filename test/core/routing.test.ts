// Which service an alert belongs to, and which incident.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Route } from "../../functions/core/organisation.ts";
import { correlationOf, matches, routeOf } from "../../functions/core/routing.ts";

const route = (more: Partial<Route>): Route => ({ labels: {}, service: "website", groupBy: [], ...more });
const last = route({});
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const labels = fc.dictionary(text, text, { maxKeys: 5 });
const service = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}[a-z0-9]$/);

test("the first route that matches takes the alert", () => {
  const routes = [
    route({ labels: { a: "1" }, service: "first" }),
    route({ labels: { a: "1", b: "2" }, service: "second" }),
    last,
  ];
  expect(routeOf(routes, "s", { labels: { a: "1", b: "2" } })?.service).toBe("first");
});

test("every label of a route has to match, and its source", () => {
  const routes = [route({ source: "prometheus", labels: { a: "1", b: "2" }, service: "special" }), last];
  expect(routeOf(routes, "prometheus", { labels: { a: "1", b: "2", c: "3" } })?.service).toBe("special");
  expect(routeOf(routes, "prometheus", { labels: { a: "1" } })?.service).toBe("website");
  expect(routeOf(routes, "grafana", { labels: { a: "1", b: "2" } })?.service).toBe("website");
});

test("an alert has no labels but its own", () => {
  const routes = [route({ labels: { constructor: "*" }, service: "special" }), last];
  expect(routeOf(routes, "s", { labels: {} })?.service).toBe("website");
});

test("a list with a final route takes every alert", () => {
  const some = fc.array(fc.record({ labels, service, groupBy: fc.array(text, { maxLength: 3 }) }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(
      some,
      labels,
      (routes, own) => routeOf([...routes, last], "s", { labels: own }) !== undefined,
    ),
  );
});

describe("the correlation key", () => {
  const grouped = fc
    .record({ service, groupBy: fc.uniqueArray(text, { maxLength: 3 }) })
    .map((part) => route(part));

  test("is the same for the same service and grouping labels, whatever else differs", () => {
    const by = route({ service: "checkout", groupBy: ["cluster", "zone"] });
    expect(correlationOf(by, { labels: { zone: "b", cluster: "a", pod: "1" } }, false)).toBe(
      "checkout/cluster=a/zone=b",
    );
    expect(correlationOf(by, { labels: { cluster: "a" } }, false)).toBe("checkout/cluster=a/zone=");
  });

  test("of a drill is never that of a real alert, whatever services and labels are called", () => {
    fc.assert(
      fc.property(grouped, labels, grouped, labels, (a, itsA, b, itsB) => {
        expect(correlationOf(a, { labels: itsA }, true)).not.toBe(correlationOf(b, { labels: itsB }, false));
      }),
    );
  });

  test("differs whenever a grouping label differs", () => {
    fc.assert(
      fc.property(grouped, labels, labels, fc.boolean(), (by, one, other, drill) => {
        const same = by.groupBy.every((name) => own(one, name) === own(other, name));
        const keys = [one, other].map((its) => correlationOf(by, { labels: its }, drill));
        expect(keys[0] === keys[1]).toBe(same);
      }),
    );
  });

  const own = (from: Readonly<Record<string, string>>, name: string) =>
    (Object.hasOwn(from, name) ? from[name] : "") ?? "";
});

describe("a pattern", () => {
  test.each([
    ["checkout", "checkout", true],
    ["checkout", "checkout-eu", false],
    ["checkout-*", "checkout-eu", true],
    ["*-eu", "checkout-eu", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c", false],
    ["aa*aa", "aaa", false],
    ["*", "", true],
    ["", "x", false],
    ["a.c", "abc", false],
  ])("%j on %j: %s", (pattern, value, expected) => expect(matches(pattern, value)).toBe(expected));

  test("agrees with a regular expression made of it", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
    fc.assert(
      fc.property(
        letters,
        fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 }),
        (pattern, value) => {
          expect(matches(pattern, value)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(value));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
