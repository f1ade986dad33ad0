// What this host answers by itself, before any function is called.
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { problemResult } from "../../functions/problem.ts";
import type { Unreachable } from "./reach.ts";

export const notFound = problemResult({
  status: 404,
  code: "not-found",
  title: "There is nothing at this address",
});

export const otherMethod = (allow: readonly string[]): APIGatewayProxyStructuredResultV2 =>
  problemResult({
    status: 405,
    code: "method-not-allowed",
    title: "Not by this method",
    headers: { allow: allow.join(", ") },
  });

export const bodyTooLarge = (limit: number): APIGatewayProxyStructuredResultV2 =>
  problemResult({
    status: 413,
    code: "body-too-large",
    title: "The body is too large",
    detail: `At most ${limit} bytes are accepted here. Send smaller batches; for Alertmanager set max_alerts.`,
    headers: { connection: "close" },
  });

export const targetNotPlain = problemResult({
  status: 400,
  code: "target-not-plain",
  title: "The request target is not in its plain form",
  detail:
    "Send the path alone, beginning with one slash: without dot segments, backslashes, and encoded dots, slashes or control characters.",
});

export const unreachableProblem: Readonly<Record<Unreachable, APIGatewayProxyStructuredResultV2>> = {
  "not-this-machine": problemResult({
    status: 403,
    code: "not-this-machine",
    title: "This hub answers its own machine only",
    detail:
      "Call this hub as 127.0.0.1 or localhost, and not through a proxy. Under MUSTER_PUBLIC_URL only alerts with a key, signed provider callbacks and signed links are accepted.",
  }),
  "foreign-page": problemResult({
    status: 403,
    code: "foreign-page",
    title: "Requests from other sites' pages are refused",
    detail:
      "The Origin or Sec-Fetch-Site header names a page that is not this hub's. A program that is no browser sends neither header.",
  }),
};
