// How long may be waited, all in all: a page's function has to end, and before it does both carriers have to be asked.
import { expect, test } from "vitest";
import { onceOnly, patienceForSecrets } from "../../../functions/adapters/aws/clients.ts";
import { sizeOf } from "../../../infra/sizing.ts";

const answer = onceOnly.requestHandler.requestTimeout;
// Between two tries the SDK waits for a tenth of a second or so.
const secret = patienceForSecrets.maxAttempts * (patienceForSecrets.requestHandler.requestTimeout + 100);

test("whoever waits in vain for the first carrier's secret, and for the key of the link, still has the second's answer", () => {
  expect(2 * secret + answer).toBeLessThan(sizeOf("send-page").timeout * 1000);
});

test("and whoever gets no answer from the first after that has time to ask the second", () => {
  // Nobody is asked any more after nine seconds.
  expect(secret + answer).toBeLessThan(9_000);
});
