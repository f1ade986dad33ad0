// The form of a request's body: whatever a sender calls it and however it is packed, what is JSON is read, within bounds.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bodyOf, largestBody } from "../functions/body.ts";
import { inflated } from "../functions/inflate.ts";

const alert = { title: "Störung €" };
const json = JSON.stringify(alert);

const sent = (bytes: Uint8Array, headers: Record<string, string> = {}) =>
  bodyOf({ body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true, headers });
const codeOf = (body: ReturnType<typeof bodyOf>) => ("problem" in body ? body.problem.code : "read");

describe("the encoding of its text", () => {
  const utf16be = Buffer.from(`\ufeff${json}`, "utf16le").swap16();

  test.each([
    ["UTF-8", Buffer.from(json)],
    ["UTF-8 with a byte order mark, as PowerShell writes it", Buffer.from(`\ufeff${json}`)],
    ["UTF-16 as Windows writes it", Buffer.from(`\ufeff${json}`, "utf16le")],
    ["UTF-16 without its mark", Buffer.from(json, "utf16le")],
    ["UTF-16 the other way round", utf16be],
    ["UTF-16 the other way round without its mark", utf16be.subarray(2)],
  ])("%s is read", (_name, bytes) => {
    expect(sent(bytes)).toEqual({ value: alert });
  });

  test("a byte order mark is ignored in what came as text, too", () => {
    expect(bodyOf({ body: `\ufeff${json}`, isBase64Encoded: false, headers: {} })).toEqual({ value: alert });
  });

  test("a code page that is named is believed", () => {
    const bytes = Buffer.from('{"title":"St\xf6rung"}', "latin1");
    const type = { "content-type": "application/json; charset=ISO-8859-1" };
    expect(sent(bytes, type)).toEqual({ value: { title: "Störung" } });
  });

  test("what is not UTF-8 and says nothing is read by Windows' code page, with a warning", () => {
    expect(sent(Buffer.from('{"title":"St\xf6rung \x80"}', "latin1"))).toEqual({
      value: alert,
      warnings: [{ field: "", message: expect.stringContaining("not UTF-8") }],
    });
  });

  test("what is no text at all is not JSON", () => {
    expect(codeOf(sent(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff])))).toBe("body-not-json");
  });
});

describe("its compression", () => {
  test.each([
    ["gzip", gzipSync(json)],
    ["GZIP", gzipSync(json)],
    ["x-gzip", gzipSync(json)],
    ["deflate", deflateSync(json)],
    ["deflate", deflateRawSync(json)],
    ["br", brotliCompressSync(json)],
    ["identity", Buffer.from(json)],
    ["identity, gzip", gzipSync(json)],
    ["br, gzip", gzipSync(brotliCompressSync(json))],
  ])("%s is inflated", (encoding, bytes) => {
    expect(sent(bytes, { "content-encoding": encoding })).toEqual({ value: alert });
  });

  test("is known by its first bytes, whatever the header says", () => {
    expect(sent(gzipSync(json))).toEqual({ value: alert });
    expect(sent(Buffer.from(json), { "content-encoding": "gzip" })).toEqual({ value: alert });
  });

  test.each([
    ["gzip", gzipSync(Buffer.alloc(64 * 1024 * 1024, " "))],
    ["deflate", deflateSync(Buffer.alloc(64 * 1024 * 1024, " "))],
    ["br", brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, " "))],
    ["gzip, gzip", gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024, " ")))],
  ])("a bomb in %s is refused once it passes the bound", (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(largestBody / 100);
    expect(codeOf(sent(bomb, { "content-encoding": encoding }))).toBe("body-too-large");
  });

  test("a bomb is not inflated any further than the bound", () => {
    const bomb = gzipSync(Buffer.alloc(1024 * 1024, " "));
    expect(inflated(bomb, "gzip", 1024 * 1024)).toMatchObject({ outcome: "done" });
    expect(inflated(bomb, "gzip", 1024 * 1024 - 1)).toEqual({ outcome: "too large" });
  });

  test("what is cut off or no such stream is refused by name", () => {
    expect(codeOf(sent(gzipSync(json).subarray(0, 20), { "content-encoding": "gzip" }))).toBe(
      "body-not-inflated",
    );
    expect(codeOf(sent(Buffer.from("xx"), { "content-encoding": "br" }))).toBe("body-not-inflated");
  });

  test.each([
    "utf-8",
    "UTF-8",
    "none",
    "aws-chunked",
    "deflate",
    "br",
    "identity, gzip",
    "gzip, gzip",
    "zstd",
  ])("JSON is read as it is where %s is no coding, or was taken off on the way", (encoding) => {
    expect(sent(Buffer.from(json), { "content-encoding": encoding })).toEqual({ value: alert });
    expect(sent(Buffer.from(`\ufeff [${json}]`), { "content-encoding": encoding })).toEqual({
      value: [alert],
    });
    expect(sent(Buffer.from(json, "utf16le"), { "content-encoding": encoding })).toEqual({ value: alert });
  });

  test("an unknown coding, or a tower of them, is refused by name", () => {
    const compressed = Buffer.from([0x1f, 0x9d, 0x90, 0x7b]);
    expect(codeOf(sent(compressed, { "content-encoding": "compress" }))).toBe("body-form-unknown");
    expect(codeOf(sent(gzipSync(json), { "content-encoding": "gzip, gzip, gzip, gzip" }))).toBe(
      "body-form-unknown",
    );
  });
});

describe("what is no JSON is refused with its place, however long it is", () => {
  const long = "a".repeat(12 * 1024 * 1024);

  test.each([
    ["behind a long text", `{"title":"${long}", x}`, "a name", long.length + 14],
    ["behind many escapes", `{"title":"${"\\n\\u00e9".repeat(1_000_000)}", x}`, "a name", 8_000_014],
    ["in a long text", `{"title":"${long}\n"}`, "text that ends with a quote", 10],
    ["by an escape that is none", `{"title":"${long}\\x"}`, "text that ends with a quote", 10],
    ["behind a backslash at the end of a text", String.raw`{"a\\": "\"", x}`, "a name", 15],
    ["by its end", `{"title":"${long}`, "text that ends with a quote", 10],
  ])("%s", (_name, body, expected, column) => {
    expect(bodyOf({ body, isBase64Encoded: false, headers: {} })).toMatchObject({
      problem: {
        code: "body-not-json",
        detail: expect.stringContaining(`Expected ${expected} at line 1, column ${column} `),
      },
    });
  });
});
