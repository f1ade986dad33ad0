// A provider that takes calls and rings nobody: as much of Twilio's call resource as the caller asks for, and the faults
// that a network has. https://www.twilio.com/docs/voice/api/call-resource
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface TakenCall {
  readonly sid: string;
  readonly form: URLSearchParams;
  readonly createdAt: number;
  status: string;
}

export type CallFault =
  | { readonly kind: "status"; readonly status: number; readonly code?: number; readonly body?: string }
  | { readonly kind: "breaks" | "is silent"; readonly taken: boolean };

export interface CallProvider {
  readonly apiUrl: string;
  readonly calls: TakenCall[];
  /** Each request as it came: method, path with its query, form. */
  readonly asked: string[];
  readonly authorizations: (string | undefined)[];
  /** What it does with the next request. */
  next(fault: CallFault): void;
  close(): Promise<void>;
}

export async function callProvider(now: () => number = Date.now): Promise<CallProvider> {
  const calls: TakenCall[] = [];
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  let fault: CallFault | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await text(request));
    const url = new URL(request.url ?? "/", "http://provider.invalid");
    asked.push(`${request.method} ${url.pathname}${url.search} ${form.toString()}`);
    authorizations.push(request.headers.authorization);
    const trouble = fault;
    fault = undefined;
    if (trouble?.kind === "status") return say(response, trouble.status, trouble.body ?? refusal(trouble));
    const [, sid] = /\/Calls\/(\w+)\.json$/.exec(url.pathname) ?? [];
    const outcome =
      trouble?.taken === false
        ? undefined
        : sid !== undefined
          ? update(sid, form)
          : request.method === "POST"
            ? create(form)
            : list(url.searchParams);
    if (trouble?.kind === "breaks") response.destroy();
    if (trouble !== undefined || outcome === undefined) return;
    say(response, outcome.status, outcome.body);
  };

  const create = (form: URLSearchParams) => {
    const code = refusedNumbers[form.get("To") ?? ""] ?? (/^\+\d+$/.test(form.get("To") ?? "") ? 0 : 21211);
    if (code !== 0) return { status: 400, body: refusal({ status: 400, code }) };
    const sid = `CA${String(calls.length + 1).padStart(32, "0")}`;
    const call: TakenCall = { sid, form, createdAt: now(), status: "queued" };
    calls.push(call);
    return { status: 201, body: JSON.stringify(resource(call)) };
  };

  const list = (query: URLSearchParams) => ({
    status: 200,
    body: JSON.stringify({
      calls: calls
        .filter(({ form }) => form.get("To") === query.get("To"))
        .toReversed()
        .map(resource),
      page: 0,
      page_size: 50,
    }),
  });

  const update = (sid: string, form: URLSearchParams) => {
    const call = calls.find((one) => one.sid === sid);
    if (call === undefined) return { status: 404, body: refusal({ status: 404, code: 20404 }) };
    if (ended.has(call.status)) return { status: 400, body: refusal({ status: 400, code: 21220 }) };
    if (form.get("Status") === "canceled" && call.status !== "in-progress") call.status = "canceled";
    return { status: 200, body: JSON.stringify(resource(call)) };
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    asked,
    authorizations,
    next: (what) => {
      fault = what;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const ended = new Set(["completed", "busy", "no-answer", "failed", "canceled"]);

/** The numbers that Twilio keeps for trying it out: https://www.twilio.com/docs/iam/test-credentials */
const refusedNumbers: Readonly<Record<string, number>> = {
  "+15005550001": 21217,
  "+15005550002": 21214,
  "+15005550003": 21215,
  "+15005550004": 21216,
};

const resource = ({ sid, form, createdAt, status }: TakenCall) => ({
  sid,
  to: form.get("To"),
  from: form.get("From"),
  direction: "outbound-api",
  status,
  date_created: new Date(createdAt).toUTCString(),
});

const refusal = ({ status, code }: { readonly status: number; readonly code?: number }) =>
  code === undefined
    ? "<html>no</html>"
    : JSON.stringify({ code, message: "to +12025550101", more_info: "", status });

function say(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}
