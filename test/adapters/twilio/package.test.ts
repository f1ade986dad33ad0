// Twilio's package promises none of the deep paths that keep our bundles small; this is what notices when one is gone.
// Asked in a bare Node, for a loader that helps might hide what Lambda would meet.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const deep = `
  import base from "twilio/lib/base/BaseTwilio.js";
  import domain from "twilio/lib/base/Domain.js";
  import version from "twilio/lib/base/Version.js";
  import call from "twilio/lib/rest/api/v2010/account/call.js";
  import conference from "twilio/lib/rest/api/v2010/account/conference.js";
  import message from "twilio/lib/rest/api/v2010/account/message.js";
  import voiceResponse from "twilio/lib/twiml/VoiceResponse.js";
  import webhooks from "twilio/lib/webhooks/webhooks.js";
  import file from "twilio/package.json" with { type: "json" };
`;

test("the pinned version still has the parts that are used", async () => {
  const ask = `${deep}
    const parts = [base.Client, domain.default, version.default, message.MessageListInstance, call.CallListInstance,
      conference.ConferenceListInstance,
      voiceResponse, webhooks.validateRequest, webhooks.getExpectedTwilioSignature];
    console.log(file.version, parts.map((part) => typeof part).join());`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", ask], {
    cwd: join(import.meta.dirname, "../../.."),
  });
  expect(stdout.trim()).toBe(`6.2.0 ${Array.from({ length: 9 }, () => "function").join()}`);
});
