// A call of Twilio's to one of our addresses: its form, once its signature is proved, and our answer in TwiML.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { headerOf, textOfBody } from "./body.ts";
import type { HttpHandler, Tools } from "./lambda.ts";
import type { SignedForm, TwilioSignature } from "./ports.ts";
import { problemResult } from "./problem.ts";

type Form = Readonly<Record<string, string>>;

/** Twilio's own forms have some 30 fields and a few kilobytes: a text of 1,600 characters, ten addresses of pictures. What its
 * add-ons put in besides still fits. */
export const largestForm = 128 * 1024;
export const mostFields = 500;

/** Base64 of an HMAC-SHA1. https://www.twilio.com/docs/usage/security#validating-requests */
const signatureForm = /^[A-Za-z0-9+/]{27}=$/;

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
    const read = await formOf(event, signature);
    if ("form" in read) return take(read.form, event, tools);
    tools.log.warn(`${what} refused: ${read.why}`);
    return read.why === tooLarge ? formTooLarge : notSigned;
  };

const unsigned = "not signed by Twilio";
const tooLarge = "the form is too large";

/** Each check is cheaper than the next, for a stranger can make us do all of them. */
async function formOf(
  event: APIGatewayProxyEventV2,
  signature: TwilioSignature,
): Promise<{ readonly form: Form } | { readonly why: typeof unsigned | typeof tooLarge }> {
  const given = headerOf(event.headers, "x-twilio-signature") ?? "";
  if (!signatureForm.test(given)) return { why: unsigned };
  const body = textOfBody(event, largestForm);
  if (body === undefined || hasMoreFields(body)) return { why: tooLarge };
  const sent = [...new URLSearchParams(body)];
  const path = event.rawQueryString === "" ? event.rawPath : `${event.rawPath}?${event.rawQueryString}`;
  const isSigned = await signature.valid(given, path, signedForm(sent));
  // Nothing that is read is ever repeated; of what is, the last value is taken.
  return isSigned ? { form: Object.fromEntries(sent) } : { why: unsigned };
}

function hasMoreFields(body: string): boolean {
  let fields = 1;
  for (let at = body.indexOf("&"); at !== -1 && fields <= mostFields; at = body.indexOf("&", at + 1))
    fields += 1;
  return fields > mostFields;
}

/** In linear time: it is made before anybody knows who sent it. */
function signedForm(sent: readonly (readonly [string, string])[]): SignedForm {
  const byName = [...Map.groupBy(sent, ([name]) => name)];
  return Object.fromEntries(byName.map(([name, pairs]) => [name, valueOf(pairs.map(([, value]) => value))]));
}

const valueOf = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? "") : values;

const formTooLarge = problemResult({
  status: 413,
  code: "form-too-large",
  title: "The form is too large",
  detail: `At most ${largestForm} bytes and ${mostFields} fields are accepted. Twilio's own forms are far smaller.`,
});

const notSigned = problemResult({
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
