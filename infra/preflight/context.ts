// The context that the CDK's CLI hands to infra/app.ts: `-c name=value`, then "context" of cdk.json, then cdk.context.json, then
// "context" of ~/.cdk.json; the first that has a name wins. So it stands in the CLI itself (`loadConfigFiles` in
// node_modules/aws-cdk/lib/index.js); https://docs.aws.amazon.com/cdk/v2/guide/context.html doesn't say.
import { join } from "node:path";

export type Values = Readonly<Record<string, unknown>>;
export type Context = { readonly values: Values } | { readonly wrong: string };

interface Files {
  readonly read: (file: string) => Promise<string | undefined>;
  readonly home: string | undefined;
}

export async function contextOf(given: readonly string[], { read, home }: Files): Promise<Context> {
  const byHand: Record<string, string> = {};
  for (const one of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    if (name === undefined || value === undefined) return { wrong: `-c ${one}: write it as -c name=value` };
    byHand[name] = value;
  }
  const files: Values[] = [];
  for (const { file, inside } of [
    { file: "cdk.json", inside: true },
    { file: "cdk.context.json", inside: false },
    ...(home === undefined ? [] : [{ file: join(home, ".cdk.json"), inside: true }]),
  ]) {
    const object = objectIn(await read(file));
    const context = inside ? objectIn(object?.["context"]) : object;
    if (context === undefined) return { wrong: `${file} is not a JSON object: fix it` };
    files.push(context);
  }
  return { values: Object.assign({}, ...files.toReversed(), byHand) as Values };
}

/** Nothing is an empty object; undefined where something is no object. */
function objectIn(from: unknown): Values | undefined {
  if (from === undefined) return {};
  if (typeof from !== "string") return isObject(from) ? from : undefined;
  try {
    const value: unknown = JSON.parse(from);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // no JSON: the caller says so, with the file's name
  }
}

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
