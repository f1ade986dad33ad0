// What HTTP functions answer with: JSON, or a refusal in the form of RFC 9457.
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

export interface Problem {
  readonly status: number;
  /** Stable, for programs: the last part of `type`. */
  readonly code: string;
  /** The same for every problem of this code. */
  readonly title: string;
  /** What was wrong this time and what to do; never a secret, and never more of a body than a name. */
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}

const safe = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

export function problemResult({ code, headers, ...rest }: Problem): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: rest.status,
    headers: { ...safe, "content-type": "application/problem+json", ...headers },
    body: JSON.stringify({ type: `urn:muster:problem:${code}`, ...rest }),
  };
}

export const jsonResult = (statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...safe, "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body),
});
