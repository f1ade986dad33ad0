// A call's script as the hub wrote it, read as strictly as the provider reads it. What it does not know is left out and said.
import { DOMParser, type Element } from "@xmldom/xmldom";
import { attributeFault, isKnown, type KnownVerb, mayNest } from "./verbs.ts";

export interface Verb {
  readonly name: KnownVerb;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly nested: readonly Verb[];
}

export type Twiml =
  | { readonly outcome: "script"; readonly verbs: readonly Verb[]; readonly warnings: readonly string[] }
  | { readonly outcome: "unreadable"; readonly reason: string };

export function readTwiml(body: string): Twiml {
  const root = rootOf(body);
  if (typeof root === "string") return { outcome: "unreadable", reason: root };
  const name = root.tagName;
  if (name !== "Response") return { outcome: "unreadable", reason: `The root is <${name}>, not <Response>` };
  const warnings: string[] = [];
  const verbs = childrenOf(root).flatMap((element) => verbOf(element, warnings));
  return { outcome: "script", verbs, warnings };
}

function rootOf(body: string): Element | string {
  let first: string | undefined;
  // Even what a lenient parser only warns of is an error to the provider.
  const onError = (_level: string, message: string): never => {
    first ??= message;
    throw new Error(message);
  };
  try {
    const document = new DOMParser({ onError }).parseFromString(body.trim(), "text/xml");
    return document.documentElement ?? "The document is empty";
  } catch (error) {
    return first ?? String(error);
  }
}

function verbOf(element: Element, warnings: string[]): readonly Verb[] {
  const name = element.tagName;
  if (!isKnown(name)) {
    warnings.push(`There is no verb <${name}>`);
    return [];
  }
  const nested = childrenOf(element).flatMap((child) => {
    if (mayNest(name, child.tagName)) return isKnown(child.tagName) ? verbOf(child, warnings) : [];
    warnings.push(`<${child.tagName}> can't be in <${name}>`);
    return [];
  });
  const text = (element.textContent ?? "").replace(/\s+/g, " ").trim();
  return [{ name, attributes: attributesOf(element, name, warnings), text, nested }];
}

function attributesOf(element: Element, verb: KnownVerb, warnings: string[]) {
  const found: [string, string][] = [];
  for (const { name, value } of element.attributes) {
    const fault = attributeFault(verb, name, value);
    if (fault === undefined) found.push([name, value]);
    else warnings.push(fault);
  }
  return Object.fromEntries(found);
}

const childrenOf = (element: Element): readonly Element[] =>
  [...element.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
