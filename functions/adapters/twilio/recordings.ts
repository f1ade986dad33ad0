// What callers said, as Twilio keeps it. https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media
import type { Recordings } from "../../ports.ts";
import type { TwilioAccount } from "./client.ts";
import { withSignIn } from "./credentials.ts";

/** A minute of speech is a quarter of this as Twilio compresses it; Lambda's answers stop at 6 MB, a third of it encoding. */
const largest = 4_000_000;
const sid = /^RE[0-9a-f]{32}$/;

export function twilioRecordings(account: TwilioAccount): Recordings {
  const { accountSid, apiUrl = "https://api.twilio.com", timeoutMs = 8_000 } = account;
  const signedIn = withSignIn(account);
  const base = `${apiUrl.replace(/\/+$/, "")}/2010-04-01/Accounts/${accountSid}/Recordings`;
  return {
    async read(recording) {
      if (!sid.test(recording)) return undefined;
      const { answer } = await signedIn(async ({ username, password }) => {
        const pair = Buffer.from(`${username}:${password}`).toString("base64");
        const answer = await fetch(`${base}/${recording}.mp3`, {
          headers: { authorization: `Basic ${pair}` },
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { statusCode: answer.status, answer };
      });
      if (answer.status === 404) return undefined;
      const bytes = answer.ok ? await bounded(answer) : undefined;
      if (bytes === undefined) throw new Error(`Twilio did not hand out ${recording}: HTTP ${answer.status}`);
      return { type: "audio/mpeg", bytes };
    },
  };
}

async function bounded({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > largest) throw new Error(`A recording of more than ${largest} bytes is not shown`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
