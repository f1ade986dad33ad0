// Speaks to a running hub over HTTP.
import { printableJson } from "../../functions/core/text.ts";
import type { Values } from "./command.ts";
import { inert, painted, type Terminal } from "./terminal.ts";

const patience = 30_000;

export interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The hub's answer; undefined when it refused or did not answer, which has been said to the user already. */
export async function callHub(call: Call, values: Values, terminal: Terminal): Promise<unknown> {
  const base = values.text("url") ?? terminal.env["MUSTER_URL"] ?? "http://127.0.0.1:4300";
  const token = call.token ?? values.text("token") ?? terminal.env["MUSTER_TOKEN"];
  const complain = (text: string): undefined => {
    terminal.err(`${painted(terminal, "red", "refused")}  ${text}`);
    return undefined;
  };
  if (!URL.canParse(call.path, base)) return complain(`"${inert(base)}" is no address`);
  let response: Response;
  let text: string;
  try {
    response = await terminal.fetch(new URL(call.path, base), {
      method: call.method,
      headers: {
        accept: "application/json",
        ...call.headers,
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(patience),
    });
    text = await response.text();
  } catch (error) {
    const why =
      error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
    return complain(`no hub answers at ${base} (${inert(why)}); npm start starts one on this machine`);
  }
  const answer = parsed(text);
  if (response.ok && answer !== undefined) return answer;
  if (values.flag("json")) terminal.out(printableJson(answer ?? { status: response.status }));
  return complain(reasonOf(response.status, answer));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the status says enough
  }
}

function reasonOf(status: number, answer: unknown): string {
  const { title, detail, errors } = (answer ?? {}) as {
    readonly title?: string;
    readonly detail?: string;
    readonly errors?: readonly { readonly field: string; readonly message: string }[];
  };
  const first = [title ?? `the hub answered ${status}`, detail]
    .filter((part) => part !== undefined)
    .map(inert)
    .join(": ");
  // What the first line says is not said again.
  const others = (errors ?? []).filter(({ message }) => detail?.includes(message) !== true);
  return [first, ...others.map(({ field, message }) => `  ${inert(field)} ${inert(message)}`)].join("\n");
}
