// Lambda's side of a function's process: loads the bundle that it was given, calls it, and says what came of it. Nothing of the
// test is in this process but the time of day and where Microsoft's services are.
import * as http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { pathToFileURL } from "node:url";

/** What the instance is asked by its parent. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly now: number;
}
export type Outcome = { readonly id: number } & ({ readonly result: unknown } | { readonly error: string });

const RealDate = Date;
let time = RealDate.now();
globalThis.Date = class extends RealDate {
  constructor(...said: readonly []) {
    // Without arguments it is the time of day, with any of them what they say.
    super(...((said.length === 0 ? [time] : said) as readonly []));
  }
  static override now(): number {
    return time;
  }
} as DateConstructor;

const { REHEARSAL_BUNDLE: bundle = "", REHEARSAL_MICROSOFT: microsoft = "{}" } = process.env;
delete process.env["REHEARSAL_BUNDLE"];
delete process.env["REHEARSAL_MICROSOFT"];

/** How addresses begin → how they begin tonight. */
const elsewhere = Object.entries(JSON.parse(microsoft) as Record<string, string>);
const reallyAsk = https.request;
const moved = ({ href }: URL): URL | undefined => {
  const [from, to] = elsewhere.find(([begin]) => href.startsWith(begin)) ?? [];
  return from === undefined || to === undefined ? undefined : new URL(to + href.slice(from.length));
};
https.request = ((url: URL, options: https.RequestOptions, ...more: readonly never[]) => {
  const to = url instanceof URL ? moved(url) : undefined;
  if (to === undefined) return reallyAsk(url, options, ...more);
  return http.request(to, { ...options, agent: false }, ...more);
}) as typeof https.request;
syncBuiltinESMExports();
const reallyFetch = globalThis.fetch;
globalThis.fetch = (asked, init) => {
  const to = moved(new URL(asked instanceof Request ? asked.url : asked));
  return reallyFetch(to ?? asked, init);
};

type Handler = (event: unknown, context: object) => Promise<unknown>;
const { handler } = (await import(pathToFileURL(bundle).href)) as { readonly handler: Handler };

const say = (outcome: Outcome): void => void process.send?.(outcome);
process.on("message", ({ id, event, now }: Invocation) => {
  time = now;
  const functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"];
  handler(event, { functionName, awsRequestId: String(id) }).then(
    (result) => say({ id, result }),
    (error: unknown) =>
      say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
