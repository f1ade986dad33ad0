// What the operator says to a deployment, from the places in which the CDK looks for it: `-c name=value` before
// cdk.context.json, and that before cdk.json. https://docs.aws.amazon.com/cdk/v2/guide/context.html
type Said = Readonly<Record<string, unknown>>;

export type Context = { readonly values: Said } | { readonly wrong: string };

export async function contextOf(
  given: readonly string[],
  read: (file: string) => Promise<string | undefined>,
): Promise<Context> {
  const byHand: Record<string, string> = {};
  for (const one of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    if (name === undefined || value === undefined)
      return { wrong: `-c ${one} says nothing: write -c name=value` };
    byHand[name] = value;
  }
  const kept = jsonIn(await read("cdk.context.json"), "cdk.context.json");
  const project = jsonIn(await read("cdk.json"), "cdk.json");
  for (const each of [kept, project]) if ("wrong" in each) return { wrong: String(each["wrong"]) };
  return { values: { ...(project["context"] as Said | undefined), ...kept, ...byHand } };
}

function jsonIn(text: string | undefined, file: string): Said {
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Said;
  } catch (error) {
    return { wrong: `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
