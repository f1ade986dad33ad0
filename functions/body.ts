// The body of a request, from bytes to JSON: each bound is checked before the work that it bounds.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { deepest, parseJson, placeOf } from "./json.ts";
import type { Problem } from "./problem.ts";

/** One machine's own bound; API Gateway and Lambda stop at about 6 MB before our code runs. */
export const largestBody = 16 * 1024 * 1024;

export type Body = { readonly value: unknown } | { readonly problem: Problem };

type Request = Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded" | "headers">;

// Senders that mean JSON and say something else are many: curl says form-urlencoded unless told.
const meansJson =
  /^(application\/([\w.-]+\+)?json|text\/plain|application\/(x-www-form-urlencoded|octet-stream))\s*(;|$)/i;

export function bodyOf(request: Request): Body {
  const type = headerOf(request.headers, "content-type");
  const encoding = headerOf(request.headers, "content-encoding") ?? "identity";
  if (type !== undefined && type !== "" && !meansJson.test(type))
    return unsupported("content type", "application/json");
  if (encoding.toLowerCase() !== "identity") return unsupported("content encoding", "no compression");
  const raw = request.body ?? "";
  const bytes = request.isBase64Encoded ? (raw.length * 3) / 4 : raw.length;
  if (bytes > largestBody) return tooLarge;
  const text = request.isBase64Encoded ? decoded(raw) : raw;
  if (text === undefined) return notUtf8;
  if (!request.isBase64Encoded && Buffer.byteLength(text) > largestBody) return tooLarge;
  return jsonOf(text);
}

/** API Gateway writes header names in lower case; other hosts may not. */
export const headerOf = (headers: APIGatewayProxyEventV2["headers"], name: string): string | undefined =>
  headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
  } catch (error) {
    if (error instanceof TypeError) return undefined; // what a fatal decoder throws: the bytes are not UTF-8
    throw error;
  }
}

function jsonOf(text: string): Body {
  const outcome = parseJson(text);
  if ("value" in outcome) return outcome;
  const { line, column } = placeOf(text, outcome.offset);
  const place = `at line ${line}, column ${column} (character ${outcome.offset})`;
  return outcome.fault === "too deep"
    ? refuse(400, "body-too-deep", "The body is nested too deep", `More than ${deepest} levels ${place}.`)
    : refuse(
        400,
        "body-not-json",
        "The body is not JSON",
        `Expected ${outcome.expected ?? "JSON"} ${place}.`,
      );
}

const refuse = (status: number, code: string, title: string, detail: string): Body => ({
  problem: { status, code, title, detail },
});

const unsupported = (what: string, wanted: string): Body =>
  refuse(
    415,
    "body-form-unknown",
    "The form of the body is not understood",
    `Unknown ${what}: send ${wanted}.`,
  );

const tooLarge = refuse(
  413,
  "body-too-large",
  "The body is too large",
  `At most ${largestBody} bytes are taken; put fewer alerts into one request (Alertmanager: max_alerts).`,
);

const notUtf8 = refuse(400, "body-not-utf-8", "The body is not UTF-8", "Send JSON in UTF-8 (RFC 8259).");
