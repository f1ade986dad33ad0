// What looks like an address or a number in words from outside can be read, and not tapped.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unlinked } from "../../functions/wording/unlinked.ts";
import { tappable, tappableExamples } from "../support/tappable.ts";

describe("what can be read of an address", () => {
  test.each([
    ["see https://evil.example/x?y=1", "see evil_example/x"],
    ["www.evil.example", "www_evil_example"],
    ["db-3.eu.example is down", "db-3_eu_example is down"],
    ["probe http://10.1.2.3:8080/health failed", "probe 10.1_2.3:8080/health failed"],
    ["code 0http://10.0.0.1/x", "code 010.0_0.1/x"],
    ["баhк.com", "баhк_com"],
    ["сайт.рф", "сайт_рф"],
    ["züri.ch", "züri_ch"],
    ["shop.example.com이 느립니다", "shop_example_com이 느립니다"],
    ["example.comが落ちた", "example_comが落ちた"],
    ["ｅｖｉｌ．ｃｏｍ", "ｅｖｉｌ_ｃｏｍ"],
    ["evil。com", "evil_com"],
    ["xn--80ak6aa92e.com", "xn--80ak6aa92e_com"],
    ["_https://evil.example", "_evil_example"],
    ["hxxp://evil.example", "(link)"],
    ["postgres://user:secret@db.example/x", "(link)"],
    ["https://user:secret@evil.example", "(link)"],
    ["ops@evil.example", "ops@evil_example"],
    ["mailto:ops@evil.example", "mailto ops@evil_example"],
    ["tel:+442079460000", "tel +442079_460000"],
    ["INC-1234.html", "INC-1234_html"],
    ["com.acme.PaymentService", "com_acme_PaymentService"],
    ["10.0.0.1", "10.0_0.1"],
    ["192.168.100.200", "192.168_100.200"],
  ])("%s reads %s", (written, read) => expect(unlinked(written)).toBe(read));
});

describe("what can be read of a number", () => {
  test.each([
    ["call +44 20 7946 0000 now", "call +44 20_7946_0000 now"],
    ["1-800-FLOWERS", "1-800_FLOWERS"],
    ["(555) 555-0100", "(555) 555_0100"],
    ["1048576000 bytes free", "10485_76000 bytes free"],
    ["٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤_٥٦٧٨٩"],
  ])("%s reads %s", (written, read) => expect(unlinked(written)).toBe(read));
});

test.each([
  "Error rate 12%, p99 1.25 s",
  "release 1.2.3 (build 4711)",
  "It stopped. It began again.",
  "エラー。再起動しました",
  "Disk /dev/sda1 is 82% full: see the runbook",
  "metadata: 14:05 to 14:10",
  "i.e. 3 of 12 pods",
  "HTTP 503 ERRORS above 800 RPS",
])("what no phone taps stays as it is: %s", (written) => expect(unlinked(written)).toBe(written));

test("whatever is written, a detector finds nothing in what is left of it", () => {
  const pieces = fc.oneof(
    fc.constantFrom(...tappableExamples),
    fc.webUrl({ withQueryParameters: true }),
    fc.domain(),
    fc.emailAddress(),
    fc.ipV4(),
    fc.stringMatching(/^\+?[0-9][0-9 ()./-]{5,20}[0-9]$/),
    fc.string({ unit: fc.constantFrom(...Array.from("ab.c0o1m7-@:/ (+)．。_x’")) }),
    fc.string({ unit: "grapheme", maxLength: 10 }),
  );
  const glue = fc.constantFrom("", " ", ".", "-", ", ", "\u00a0", "(", "/", "'");
  fc.assert(
    fc.property(fc.array(fc.tuple(pieces, glue), { minLength: 1, maxLength: 6 }), (parts) => {
      const left = unlinked(parts.flat().join(""));
      expect(tappable(left)).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
});

test("the detector finds what phones find", () => {
  for (const example of tappableExamples)
    expect([example, tappable(example).length > 0]).toEqual([example, true]);
});
