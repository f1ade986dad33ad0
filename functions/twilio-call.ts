// A call of Twilio's to one of our addresses: its form, once its signature is proved, and our answer in TwiML.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { HttpHandler, Tools } from "./lambda.ts";
import type { SignedForm, TwilioSignature } from "./ports.ts";
import { problemResult } from "./problem.ts";

type Form = Readonly<Record<string, string>>;

/** Hands on what is Twilio's own. Anything else is refused; `what` names it in the log. */
export const fromTwilio =
  (
    signature: TwilioSignature,
    what: string,
    take: (
      form: Form,
      event: APIGatewayProxyEventV2,
      tools: Tools,
    ) => Promise<APIGatewayProxyStructuredResultV2>,
  ): HttpHandler =>
  async (event, tools) => {
    const form = await formOf(event, signature);
    if (form !== undefined) return take(form, event, tools);
    tools.log.warn(`${what} refused: not signed by Twilio`);
    return refused;
  };

/** Undefined when the call is not Twilio's own. */
async function formOf(event: APIGatewayProxyEventV2, signature: TwilioSignature): Promise<Form | undefined> {
  const body = event.isBase64Encoded
    ? Buffer.from(event.body ?? "", "base64").toString("utf8")
    : (event.body ?? "");
  const sent = [...new URLSearchParams(body)];
  const path = event.rawQueryString === "" ? event.rawPath : `${event.rawPath}?${event.rawQueryString}`;
  const given = event.headers["x-twilio-signature"] ?? "";
  // Nothing that is read is ever repeated; of what is, the last value is taken.
  return (await signature.valid(given, path, signedForm(sent))) ? Object.fromEntries(sent) : undefined;
}

/** In linear time: it is made before anybody knows who sent it. */
function signedForm(sent: readonly (readonly [string, string])[]): SignedForm {
  const byName = [...Map.groupBy(sent, ([name]) => name)];
  return Object.fromEntries(byName.map(([name, pairs]) => [name, valueOf(pairs.map(([, value]) => value))]));
}

const valueOf = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? "") : values;

const refused = problemResult({
  status: 403,
  code: "signature-invalid",
  title: "Not signed by the provider",
  detail:
    "The signature does not fit this address and form. Behind a proxy, set the public URL that Twilio calls.",
});

/** An answer by text message, or none. */
export const answered = (text?: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" },
  body: `<?xml version="1.0" encoding="UTF-8"?><Response>${text === undefined ? "" : `<Message>${inXml(text)}</Message>`}</Response>`,
});

/** A call's script, as the provider reads it. */
export const spoken = (body: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" },
  body,
});

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const inXml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "");
