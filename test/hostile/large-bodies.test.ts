// Bodies of more characters than a pattern has steps, made of one thing only: every kind of source answers each with an alert or with what is
// wrong, never with an error of its own.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDoor, type Door, json } from "./a-door.ts";

let door: Door;
beforeAll(async () => {
  door = await aDoor();
}, 30_000);
afterAll(() => door?.close());

const intakes = {
  generic: "/alerts/anything/demo-anything-key-0001",
  alertmanager: "/alerts/prometheus/demo-prometheus-key-0001",
} as const;

/** Some engines keep a step of a pattern for each character, and have room for 8.4 million of them. */
const long = 9 * 1024 * 1024;
const fill = (unit: string, around = ""): string =>
  unit.repeat(Math.floor((long - around.length) / unit.length));

const accepted: Readonly<Record<string, () => string>> = {
  "a title": () => `{"title":"${fill("a")}"}`,
  "a title of escapes": () => `{"title":"${fill("\\u0007")}"}`,
  // Two bytes each.
  "a title of marks on a letter": () => `{"title":"a${fill("\u0301").slice(long / 2)}"}`,
  "a title of digits that are no text": () => `{"title":${fill("1")}}`,
  "a name of a label": () => `{"title":"x","labels":{"${fill("a")}":"b"}}`,
  "a value of a label": () => `{"title":"x","labels":{"a":"${fill("\\n")}"}}`,
  "a name that means nothing": () => `{"title":"x","${fill("a")}":1}`,
  "a severity": () => `{"title":"x","severity":"${fill("c")}"}`,
  "a status": () => `{"title":"x","status":"${fill("f")}"}`,
  "a time": () => `{"title":"x","since":"${fill("2")}","startsAt":"${fill("2").slice(0, 9)}"}`,
  "a key": () => `{"title":"x","dedup_key":"${fill("k")}","fingerprint":"k"}`,
  "blanks before it": () => `${fill(" ")}{"title":"x"}`,
};

const refused: Readonly<Record<string, readonly [status: number, () => string]>> = {
  "a text": [422, () => `"${fill("a")}"`],
  "a number": [422, () => fill("7")],
  blanks: [400, () => fill(" ")],
  zeros: [400, () => fill("\0")],
  "a text without its end": [400, () => `{"title":"${fill("a")}`],
  "a text of backslashes": [400, () => `"${fill("\\")}`],
  "a number before a mistake": [400, () => `{"title":0.${fill("1")},}`],
  "escapes before a mistake": [400, () => `{"title":"${fill("\\n")}",}`],
  "blanks before a mistake": [400, () => `{"title":"x",${fill(" \n")}}`],
  "millions of nothing": [422, () => `[${fill("{},")}{}]`],
  "lists within lists": [400, () => fill("[")],
};

describe.each(Object.entries(intakes))("at a source of the kind %s", (_, intake) => {
  test.each(Object.entries(accepted))("%s of 9 MB is an alert", async (_name, body) => {
    expect((await door.post(body(), json, intake)).status).toBe(202);
  });

  test.each(Object.entries(refused))(
    "%s of 9 MB is refused with what is wrong",
    async (_name, [status, body]) => {
      const answer = await door.post(body(), json, intake);
      expect(answer.status).toBe(status);
      expect(((await answer.json()) as { type: string }).type).toMatch(/^urn:muster:problem:(?!internal)/);
    },
  );
});

describe("at every other entrance", () => {
  test.each([
    "/twilio/messages",
    "/twilio/line/1/x",
    "/teams/messages",
    "/a/some-link",
    "/api/incidents/01ARZ3NDEKTSV4RRFFQ69G5FAV/commands",
    "/api/dead-letters/redrive",
  ])("9 MB for %s are refused before they are read", async (path) => {
    const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${long}\r\n\r\n`;
    expect(await door.overSocket(head)).toMatch(/^HTTP\/1\.1 413 /);
  });
});
