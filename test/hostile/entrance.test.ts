// Whatever is thrown at the entrance of a running hub is refused clearly, and the next good alert still rings.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aDoor, type Door, good, json, refusedWith } from "./a-door.ts";

interface Taken {
  readonly alerts: readonly unknown[];
  readonly warnings: readonly { readonly field: string }[];
}

let door: Door;
beforeAll(async () => {
  door = await aDoor();
}, 30_000);
afterAll(() => door?.close());

describe("at the entrance of alerts", () => {
  test("a wrong key and an unknown source get the same answer", async () => {
    const wrong = [
      `/alerts/anything/demo-anything-key-0002`,
      `/alerts/nobody/demo-anything-key-0001`,
      `/alerts/anything`,
      `/alerts/__proto__/constructor`,
      `/alerts/prometheus/demo-anything-key-0001`,
    ];
    const problems = await Promise.all(
      wrong.map(async (path) => refusedWith(await door.post(JSON.stringify(good), json, path), 401)),
    );
    for (const problem of problems) expect(problem).toEqual(problems[0]);
    expect(JSON.stringify(problems)).not.toContain("demo-anything-key");
    await door.stillPages();
  });

  test("broken JSON is told where it breaks", async () => {
    const { detail } = await refusedWith(await door.post('{"title": "half'), 400);
    expect(detail).toMatch(/line 1, column 11/);
    for (const body of ["", "nonsense", "{", '{"title":}', '{"title":"a"}}', "\u0000", "NaN"])
      await refusedWith(await door.post(body), 400);
    await door.stillPages();
  });

  test("wrong types are named by their field, and what can be read is taken", async () => {
    const bodies: readonly (readonly [unknown, string])[] = [
      [{ ...good, title: 17 }, "title"],
      [{ ...good, title: { toString: "x" } }, "title"],
      [{ service: "checkout" }, "title"],
      [{ ...good, status: "perhaps" }, "status"],
      [{ ...good, labels: ["a"] }, "labels"],
      [{ ...good, labels: { pod: { deep: 1 } } }, "labels.pod"],
      [{ ...good, since: "yesterday" }, "since"],
      [{ ...good, alerts: 3 }, "alerts"],
      [{ alerts: [good, { service: "checkout" }] }, "alerts[1].title"],
      [[good, 5], "[1]"],
    ];
    const before = door.texts().length;
    for (const [body, field] of bodies) {
      const answer = await door.post(JSON.stringify(body));
      expect(answer.status).toBe(202);
      const { alerts, warnings } = (await answer.json()) as Taken;
      expect(alerts.length).toBeGreaterThan(0);
      expect(warnings.map((warning) => warning.field)).toContain(field);
    }
    await door.texted(before + 1);
    await door.resolve();
    await door.stillPages();
  });

  test("what says nothing at all is refused by name", async () => {
    for (const body of ["{}", '{"alerts":{}}', "[{}]", "[5]", "5", "true", "null", '"text"']) {
      const { errors } = await refusedWith(await door.post(body), 422);
      expect(errors).not.toEqual([]);
    }
    expect(await door.openIncidents()).toEqual([]);
    await door.stillPages();
  });

  test("ten thousand levels are too deep", async () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const body = open.repeat(10_000) + (open === "[" ? "" : "1") + close.repeat(10_000);
      const { type } = await refusedWith(await door.post(body), 400);
      expect(type).toMatch(/too-deep$/);
    }
    await door.stillPages();
  });

  test("fifty megabytes are too much, said or not", async () => {
    const body = Buffer.alloc(50 * 1024 * 1024, 0x20);
    // A sender that is still writing when it is refused may lose the answer with the connection.
    const said = await door.post(body).catch((error: unknown) => error);
    if (said instanceof Response) await refusedWith(said, 413);
    expect(
      await door.overSocket(
        `POST ${door.intake} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1.1 413 /);
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    async function* unsaid() {
      for (let n = 0; n < 50; n++) yield chunk;
    }
    const streamed = await fetch(door.url + door.intake, {
      method: "POST",
      headers: json,
      body: unsaid(),
      duplex: "half",
    }).catch((error: unknown) => error);
    if (streamed instanceof Response) await refusedWith(streamed, 413);
    await door.stillPages();
  }, 30_000);

  test("what is no JSON in any encoding, and a bomb, are refused by their name", async () => {
    await refusedWith(await door.post(Buffer.from([0xff, 0xfe, 0x00, 0x80])), 400);
    await refusedWith(await door.post("<alert/>", { "content-type": "application/xml" }), 415);
    const packed = { ...json, "content-encoding": "gzip" };
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20));
    await refusedWith(await door.post(bomb, packed), 413);
    await refusedWith(await door.post(gzipSync("{}").subarray(0, 12), packed), 400);
    await door.stillPages();
  });

  test("what is packed, or in Windows' own encodings, pages", async () => {
    const alert = JSON.stringify({ ...good, title: "Café is down" });
    const packed = { ...json, "content-encoding": "gzip" };
    for (const [body, headers] of [
      [gzipSync(alert), packed],
      [Buffer.from(`\ufeff${alert}`), json],
      [Buffer.from(`\ufeff${alert}`, "utf16le"), { "content-type": "text/json" }],
      [Buffer.from(alert, "latin1"), json],
    ] as const)
      expect((await door.post(body, headers)).status).toBe(202);
    expect((await door.theIncident()).title).toBe("Café is down");
    await door.resolve();
    await door.stillPages();
  });

  test("other methods and other addresses are told so", async () => {
    for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
      const answer = await fetch(door.url + door.intake, { method });
      await refusedWith(answer, 405);
      expect(answer.headers.get("allow")).toBe("POST");
    }
    await door.stillPages();
  });
});
