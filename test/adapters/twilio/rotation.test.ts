// The auth token is rotated while pages go out: none is lost between the old token and the new one.
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Credentials, SignInSettings } from "../../../functions/adapters/twilio/credentials.ts";
import { twilioRecordings } from "../../../functions/adapters/twilio/recordings.ts";
import { accountBy, type TwilioSecret, twilioSecret } from "../../../functions/adapters/twilio/secret.ts";
import { twilioSms } from "../../../functions/adapters/twilio/sms.ts";
import { twilioVoice } from "../../../functions/adapters/twilio/voice.ts";
import { scriptedServer } from "../../support/scripted-server.ts";

const accountSid = `AC${"1".repeat(32)}`;
const [sms, call, recording] = [`SM${"0".repeat(32)}`, `CA${"0".repeat(32)}`, `RE${"a".repeat(32)}`];
const publicUrl = "https://pager.example.com";
const message = {
  to: "+12025550101",
  text: "CRITICAL checkout: no sales. Reply 1 A4821 yes",
  drill: false,
  reference: "A4821",
  reportTo: "/twilio/reports/i1/page/p1.0.1",
  validFor: 300_000,
};

/** The token that Twilio takes now. */
let good: string;
let twilio: Awaited<ReturnType<typeof scriptedServer>>;
beforeEach(async () => {
  good = "old";
  twilio = await scriptedServer(({ headers, path }) => {
    const pair = Buffer.from(String(headers.authorization).slice("Basic ".length), "base64").toString();
    if (pair !== `${accountSid}:${good}` && pair !== `SK1:${good}`)
      return { status: 401, body: { code: 20003, message: "Authenticate", status: 401 } };
    if (path.endsWith(".mp3")) return { status: 200, body: "sound" };
    return { status: 201, body: { sid: path.includes("/Calls") ? call : sms, status: "canceled" } };
  });
  onTestFinished(twilio.stop);
});

const account = (credentials: Credentials, renewed?: SignInSettings["renewed"]) => ({
  accountSid,
  credentials,
  apiUrl: twilio.url,
  publicUrl,
  timeoutMs: 1_000,
  ...(renewed === undefined ? {} : { renewed }),
});
const texts = (settings: ReturnType<typeof account>) => {
  const channel = twilioSms({ ...settings, sender: { from: "+12025550199" } });
  return async () => (await channel.send(message)).outcome;
};

describe("with both tokens in the secret", () => {
  const both = { authToken: "old", nextAuthToken: "new" };

  test("a text goes out before, at the moment of, and after the change", async () => {
    const send = texts(account(both));
    expect(await send()).toBe("done");
    good = "new";
    expect(await send()).toBe("done");
    expect(await send()).toBe("done");
    // One refusal in all: from then on the new token is tried first.
    expect(twilio.asked).toHaveLength(4);
  });

  test("a change that is taken back at Twilio costs no text either", async () => {
    const send = texts(account(both));
    for (const token of ["new", "old", "new"]) {
      good = token;
      expect(await send()).toBe("done");
    }
  });

  test("a call is made and taken back, and what was said is fetched", async () => {
    const settings = account(both);
    good = "new";
    const caller = twilioVoice({ ...settings, from: "+12025550199" });
    expect(await caller.send({ ...message, answerAt: "/a", ringFor: 30_000 })).toMatchObject({
      receipt: call,
    });
    good = "old";
    expect(await caller.takeBack(call)).toBe("taken-back");
    good = "new";
    expect(await twilioRecordings(settings).read(recording)).toMatchObject({ type: "audio/mpeg" });
  });

  test("only credentials that are refused are replaced: what may have gone out is not sent again", async () => {
    for (const status of [400, 403, 404, 429, 500, 503]) {
      twilio.forget();
      twilio.next({ status, body: { code: 20500, message: "x", status } });
      await texts(account(both))();
      expect(twilio.asked).toHaveLength(1);
    }
    twilio.forget();
    twilio.next("reset");
    expect(await texts(account(both))()).toBe("unknown");
    expect(twilio.asked).toHaveLength(1);
  });

  test("two that are both refused are told as a refused account", async () => {
    good = "third";
    expect(await texts(account(both))()).toBe("giveUp");
    expect(twilio.asked).toHaveLength(2);
  });
});

describe("with a secret that was changed since it was read", () => {
  const secretWith = (fields: object) => twilioSecret({ accountSid, ...fields });

  test.each([
    ["a token", { authToken: "old" }, { authToken: "new" }],
    [
      "an API key",
      { authToken: "t", apiKey: "SK1", apiSecret: "old" },
      { authToken: "t", apiKey: "SK1", apiSecret: "new" },
    ],
    ["a token by an API key", { authToken: "old" }, { authToken: "t", apiKey: "SK1", apiSecret: "new" }],
  ])("%s is read again at once, and the text goes out", async (_, before, after) => {
    good = "new";
    let reads = 0;
    const read = () => {
      reads += 1;
      return Promise.resolve(secretWith(after));
    };
    const send = texts({ ...account({ authToken: "" }), ...accountBy(secretWith(before), read) });
    expect([await send(), await send()]).toEqual(["done", "done"]);
    expect([reads, twilio.asked.length]).toEqual([1, 3]);
  });

  const refusedBy = async (read: (refused: TwilioSecret) => Promise<TwilioSecret>) => {
    good = "new";
    const send = texts({
      ...account({ authToken: "" }),
      ...accountBy(secretWith({ authToken: "old" }), read),
    });
    return [await send(), twilio.asked.length];
  };

  test("an unchanged secret is not tried twice", async () => {
    expect(await refusedBy((refused) => Promise.resolve(refused))).toEqual(["giveUp", 1]);
  });

  test("a store that is down leaves it refused", async () => {
    expect(await refusedBy(() => Promise.reject(new Error("down")))).toEqual(["giveUp", 1]);
  });

  test("another account is no rotation", async () => {
    const other = twilioSecret({ accountSid: `AC${"2".repeat(32)}`, authToken: "new" });
    expect(await refusedBy(() => Promise.resolve(other))).toEqual(["giveUp", 1]);
  });
});
