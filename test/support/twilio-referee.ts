// Stands between whoever speaks Twilio's API and whoever answers, and notes what is not as Twilio's reference has it.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Operation, operations, pageFields, statusOfCode } from "./twilio-operations.ts";
import type { Kind } from "./twilio-resources.ts";

export interface Exchanged {
  readonly method: string;
  /** From the version on, with its query. */
  readonly path: string;
  readonly form: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is wrong with this exchange, each in a line; and which operation it was. */
export function judge(seen: Exchanged): {
  readonly operation?: Operation;
  readonly faults: readonly string[];
} {
  const url = new URL(seen.path, "http://api.invalid");
  const [, below = url.pathname] = /^\/2010-04-01\/Accounts\/AC[0-9a-fA-F]{32}(.*)$/.exec(url.pathname) ?? [];
  const operation = operations.find((each) => each.method === seen.method && each.path.test(below));
  if (operation === undefined) return { faults: [`there is no ${seen.method} ${below}`] };
  const asked = operation.method === "POST" ? new URLSearchParams(seen.form) : url.searchParams;
  const faults = seen.status >= 400 ? faultsOfRefusal(seen) : faultsOfAnswer(operation, seen);
  // A refusal is the answer to what was asked wrongly.
  const unasked = seen.status >= 400 ? [] : faultsOfRequest(operation, asked);
  return { operation, faults: [...unasked, ...faults].map((fault) => `${operation.name}: ${fault}`) };
}

function faultsOfRequest({ takes }: Operation, asked: URLSearchParams): readonly string[] {
  const names = [...new Set(asked.keys())];
  const missing = Object.keys(takes).filter((name) => takes[name]?.needed && !asked.has(name));
  return [
    ...missing.map((name) => `${name} is not asked for`),
    ...names.flatMap((name) => {
      const kind = takes[name];
      const values = asked.getAll(name);
      if (kind === undefined) return [`there is no parameter ${name}`];
      if (values.length > 1 && !kind.many) return [`${name} stands ${values.length} times`];
      return values
        .filter((value) => kind.like?.test(value) === false)
        .map((value) => `${name} can't be ${value}`);
    }),
  ];
}

function faultsOfAnswer({ status, answers }: Operation, seen: Exchanged): readonly string[] {
  if (seen.status !== status) return [`answered with ${seen.status}, not ${status}`];
  if (answers === "nothing") return seen.body === "" ? [] : ["answered with words"];
  const body = parsed(seen);
  if (typeof body === "string") return [body];
  if ("one" in answers) return faultsOfFields(answers.one.fields, body);
  const { [answers.key]: items, ...page } = body;
  const listed: readonly unknown[] = Array.isArray(items) ? items : [];
  return [
    ...(Array.isArray(items) ? [] : [`there is no list of ${answers.key}`]),
    ...faultsOfFields(pageFields, page),
    ...listed.flatMap((item) =>
      isFields(item) ? faultsOfFields(answers.many.fields, item) : ["holds what is no resource"],
    ),
  ];
}

/** https://www.twilio.com/docs/usage/twilios-response#error-and-exception-responses */
function faultsOfRefusal(seen: Exchanged): readonly string[] {
  const body = parsed(seen);
  if (typeof body === "string") return [body];
  const { code, message, more_info: more, status, ...others } = body;
  const faults = Object.keys(others).map((name) => `a refusal has no ${name}`);
  if (typeof code !== "number" || (statusOfCode[code] ?? 400) !== seen.status)
    faults.push(`${String(code)} does not come with ${seen.status}`);
  if (typeof message !== "string" || message === "") faults.push("a refusal says nothing");
  if (more !== `https://www.twilio.com/docs/errors/${String(code)}`)
    faults.push(`more is not at ${String(more)}`);
  if (status !== seen.status) faults.push(`${String(status)} is not the status`);
  if (seen.status === 401 && !seen.headers["www-authenticate"]?.startsWith("Basic "))
    faults.push("does not say how to authenticate");
  return faults;
}

function faultsOfFields(
  fields: Readonly<Record<string, Kind>>,
  body: Readonly<Record<string, unknown>>,
): readonly string[] {
  const missing = Object.keys(fields).filter((name) => !fields[name]?.optional && !(name in body));
  return [
    ...missing.map((name) => `${name} is missing`),
    ...Object.entries(body).flatMap(([name, value]) => {
      const kind = fields[name];
      if (kind === undefined) return [`there is no field ${name}`];
      return fits(value, kind) ? [] : [`${name} can't be ${JSON.stringify(value)}`];
    }),
  ];
}

function fits(value: unknown, { is, like, orNull }: Kind): boolean {
  if (value === null) return orNull === true;
  switch (is) {
    case "text":
      return typeof value === "string" && like?.test(value) !== false;
    case "whole":
      return Number.isInteger(value);
    case "yes-no":
      return typeof value === "boolean";
    case "links":
      return isFields(value) && Object.values(value).every((each) => typeof each === "string");
  }
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed({ headers, body }: Exchanged): Readonly<Record<string, unknown>> | string {
  if (!headers["content-type"]?.startsWith("application/json")) return "answered with what is no JSON";
  const read: unknown = JSON.parse(body);
  return isFields(read) ? read : "answered with what is no object";
}

/** `upstream`: the host of an API, at whatever path. */
export async function refereeBefore(upstream: string) {
  const faults: string[] = [];
  const played = new Set<string>();

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url: path = "/", headers } = request;
    const form = await text(request);
    const answer = await fetch(upstream + path, {
      method,
      headers: {
        authorization: headers.authorization ?? "",
        "content-type": headers["content-type"] ?? "",
      },
      ...(method === "POST" && { body: form }),
    });
    const body = await answer.text();
    const { status } = answer;
    const answered = { status, headers: Object.fromEntries(answer.headers), body };
    const judged = judge({ method, path: path.slice(path.indexOf("/2010-04-01")), form, ...answered });
    faults.push(...judged.faults);
    if (judged.operation !== undefined && status < 300) played.add(judged.operation.name);
    const type = answer.headers.get("content-type");
    response.writeHead(status, type === null ? {} : { "content-type": type }).end(body);
  };
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    /** The operations that were answered with a yes. */
    played,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
