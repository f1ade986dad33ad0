// What looks like an address in words from outside can be read, and not tapped.
import { expect, test } from "vitest";
import { unlinked } from "../../functions/wording/unlinked.ts";

test.each([
  ["see https://evil.example/x?y=1", "see (link)"],
  ["www.evil.example", "(link)"],
  ["db1.prod.example.com is down", "db1.prod.example(.)com is down"],
  ["\u0431\u0430\u043d\u043a.com", "\u0431\u0430\u043d\u043a(.)com"],
  ["z\u00fcri.ch", "z\u00fcri(.)ch"],
  ["caf\u00e9.com", "caf\u00e9(.)com"],
  ["shop.example.com이 느립니다", "shop.example(.)com이 느립니다"],
  ["example.comが落ちた", "example(.)comが落ちた"],
  ["code 0http://10.0.0.1/x", "code 0(link)"],
  ["_https://evil.example", "_(link)"],
  ["It stopped.It began again.", "It stopped(.)It began again."],
  ["release 1.2.3 of app.js", "release 1.2.3 of app(.)js"],
])("%s", (written, read) => {
  expect(unlinked(written)).toBe(read);
});
