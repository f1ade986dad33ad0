// The body of a request, from bytes to JSON: each bound is checked before the work that it bounds, and whatever a sender
// calls it, what is JSON is read.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { inflated } from "./inflate.ts";
import { deepest, parseJson, placeOf } from "./json.ts";
import type { Problem } from "./problem.ts";
import { textOf } from "./text-encoding.ts";

/** One machine's own bound; API Gateway and Lambda stop at about 6 MB before our code runs. */
export const largestBody = 16 * 1024 * 1024;

export type Body =
  | {
      readonly value: unknown;
      /** What was odd about its form, and how it was read all the same. */
      readonly warnings?: readonly { readonly field: string; readonly message: string }[];
    }
  | { readonly problem: Problem };

type Request = Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded" | "headers">;

// Senders that mean JSON and say something else are many: curl says form-urlencoded unless told. These mean something else.
const meansOther = /^\s*(multipart|image|audio|video|font)\/|^[^;]*\bxml\b/i;

/** Bytes as they were sent, reckoned without decoding them; of text at least as many as its characters. */
const sizeOf = ({ body = "", isBase64Encoded }: Request): number =>
  isBase64Encoded ? (body.length * 3) / 4 : body.length;

/** The text of a body that is no JSON; undefined for one over the limit. */
export function textOfBody(request: Request, limit: number): string | undefined {
  if (sizeOf(request) > limit) return undefined;
  const { body = "", isBase64Encoded } = request;
  return isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
}

export function bodyOf(request: Request, limit = largestBody): Body {
  const type = headerOf(request.headers, "content-type") ?? "";
  if (meansOther.test(type)) return unsupported("content type", "application/json");
  const raw = request.body ?? "";
  if (sizeOf(request) > limit) return tooLarge(limit);
  const bytes = Buffer.from(raw, request.isBase64Encoded ? "base64" : "utf8");
  const plain = inflated(bytes, headerOf(request.headers, "content-encoding"), limit);
  switch (plain.outcome) {
    case "unknown":
      return unsupported("content encoding", "gzip, deflate, br or no compression");
    case "broken":
      return notInflated;
    case "too large":
      return tooLarge(limit);
    case "done":
      return plain.bytes.length > limit ? tooLarge(limit) : read(plain.bytes, type);
  }
}

function read(bytes: Buffer, type: string): Body {
  const { text, isGuess } = textOf(bytes, type);
  const body = jsonOf(text);
  if (!isGuess || "problem" in body) return body;
  return { ...body, warnings: [{ field: "", message: "is not UTF-8; it was read as Windows-1252" }] };
}

/** API Gateway writes header names in lower case; other hosts may not. */
export const headerOf = (headers: APIGatewayProxyEventV2["headers"], name: string): string | undefined =>
  headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

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

const tooLarge = (limit: number): Body =>
  refuse(
    413,
    "body-too-large",
    "The body is too large",
    `At most ${limit} bytes are taken, counted uncompressed; put fewer alerts into one request (Alertmanager: max_alerts).`,
  );

const notInflated = refuse(
  400,
  "body-not-inflated",
  "The body can't be decompressed",
  "It is cut off, or not compressed as content-encoding says. Send it whole, or without compression.",
);
