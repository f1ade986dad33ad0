// Config text to a plain tree. YAML's hazards end here: copies of copies, keys twice, depth, tabs, and numbers that
// were meant as text.
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLMap,
} from "yaml";
import type { ConfigPath, ConfigProblem, Finding } from "./problem.ts";

export interface Tree {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Where the value (or the name) at this path stands. */
  place(path: ConfigPath, atKey?: boolean): { readonly line: number; readonly column: number };
}

export const largestConfig = 5 * 1024 * 1024;
const deepest = 32;
// Aliases may repeat parts, but a file of a few lines can't grow to billions of nodes.
const mostNodes = 500_000;

export function treeOf(text: string): Tree | { readonly problems: readonly ConfigProblem[] } {
  if (text.length > largestConfig || Buffer.byteLength(text) > largestConfig)
    return whole("the file is larger than 5 MB", "split what it does not need from it");
  const lines = new LineCounter();
  const documents = documentsOf(text, lines);
  if (documents === undefined) return { problems: [{ path: "", line: 1, column: 1, ...tooDeep }] };
  const [document, second] = documents;
  if (document === undefined) return whole("the file is empty", "start from the sample muster.yaml");
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = documents.flatMap(({ errors }) => errors);
  if (broken.length > 0)
    return {
      problems: broken.map((error) => ({
        path: "",
        ...placeAt(error.pos[0]),
        ...wordsFor(error.code, error.message),
      })),
    };
  if (second !== undefined)
    return {
      problems: [
        {
          path: "",
          ...placeAt(second.range[0]),
          message: "the file holds a second document after ---",
          advice: "keep one document in the file",
        },
      ],
    };
  const findings: Finding[] = [];
  const targets = targetsOf(document);
  return {
    value: plain(document, targets, findings),
    findings,
    place: (path, atKey) => placeAt(offsetOf(document, targets, path, atKey ?? false)),
  };
}

type Parsed = Document.Parsed;

function documentsOf(text: string, lineCounter: LineCounter): readonly Parsed[] | undefined {
  try {
    const options = {
      lineCounter,
      uniqueKeys: false,
      prettyErrors: false,
      keepSourceTokens: false,
      logLevel: "silent",
    } as const;
    return parseAllDocuments(text, options) as readonly Parsed[];
  } catch (error) {
    // The parser calls itself once per level; the stack's end is the only sign of a file made to exhaust it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const tooDeep = {
  message: "the file is nested too deep to be read",
  advice: "no part needs more than six levels",
};

const whole = (message: string, advice: string) => ({
  problems: [{ path: "", line: 1, column: 1, message, advice }],
});

function wordsFor(code: string, message: string): { readonly message: string; readonly advice: string } {
  switch (code) {
    case "TAB_AS_INDENT":
      return { message: "a tab stands where indentation is expected", advice: "indent with spaces" };
    case "BAD_INDENT":
    case "MULTILINE_IMPLICIT_KEY":
      return {
        message: "the indentation does not fit what stands around it",
        advice: "align it with its neighbours",
      };
    case "RESOURCE_EXHAUSTION":
      return tooDeep;
    default:
      return {
        message: `this is not YAML: ${message.split("\n")[0] ?? message}`,
        advice: "mend the line; text with : # or quotes in it stands in quotes",
      };
  }
}

/** Own walk instead of the library's: it bounds copies and depth, and reports keys twice, all in linear time. */
function plain(document: Parsed, targets: Targets, findings: Finding[]): unknown {
  let nodes = 0;
  const refuse = (trail: Trail, message: string, advice: string): undefined => {
    findings.push({ path: pathOf(trail), message, advice });
    return undefined;
  };

  const walk = (node: unknown, trail: Trail, depth: number): unknown => {
    nodes += 1;
    if (nodes === mostNodes)
      return refuse(
        undefined,
        "aliases make the file grow beyond all measure",
        "write the parts out instead",
      );
    if (nodes > mostNodes) return undefined;
    if (depth > deepest)
      return refuse(trail, "this is nested too deep", "no part needs more than six levels");
    if (isAlias(node)) {
      const target = targets.get(node);
      return target === undefined
        ? refuse(trail, `the alias *${node.source} has no anchor before it`, "define it first")
        : walk(target, trail, depth + 1);
    }
    if (isSeq(node)) return node.items.map((item, part) => walk(item, { before: trail, part }, depth + 1));
    return isMap(node)
      ? entries(node, trail, depth)
      : isScalar(node)
        ? scalar(node.value, node.source)
        : undefined;
  };

  const entries = (map: YAMLMap, trail: Trail, depth: number): unknown => {
    const found = new Map<string, unknown>();
    for (const { key, value } of map.items) {
      const part = keyText(key);
      if (part === undefined || part === "__proto__") {
        refuse(trail, "an entry's name is no plain text", "write a simple name before the colon");
        continue;
      }
      const below = { before: trail, part };
      if (found.has(part))
        findings.push({
          path: pathOf(below),
          atKey: true,
          message: `"${part}" stands here twice`,
          advice: "keep one of them",
        });
      found.set(part, walk(value, below, depth + 1));
    }
    return Object.fromEntries(found);
  };
  return walk(document.contents, undefined, 0);
}

/** A path as a chain: most of them are never asked for. */
type Trail = { readonly before: Trail; readonly part: string | number } | undefined;

function pathOf(trail: Trail): ConfigPath {
  const path: (string | number)[] = [];
  for (let at = trail; at !== undefined; at = at.before) path.unshift(at.part);
  return path;
}

/** What each alias stands for: the last anchor of its name before it. The library looks through the file for each. */
function targetsOf(document: Parsed): Targets {
  const anchors = new Map<string, unknown>();
  const targets = new Map<unknown, unknown>();
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isAlias(node)) targets.set(node, anchors.get(node.source));
    else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    // In the order of the file: what was pushed last is looked at first.
    if (isMap(node)) for (const { key, value } of node.items.toReversed()) open.push(value, key);
    else if (isSeq(node)) for (const item of node.items.toReversed()) open.push(item);
  }
  return targets;
}

type Targets = ReadonlyMap<unknown, unknown>;

/** `+12025550101` and `012345678901` without quotes are numbers to YAML; to us they are what was written. */
const scalar = (value: unknown, source: string | undefined): unknown =>
  (typeof value === "number" || typeof value === "bigint") &&
  source !== undefined &&
  /^(?:\+|0\d)/.test(source)
    ? source
    : typeof value === "bigint"
      ? Number(value)
      : value;

const keyText = (key: unknown): string | undefined => {
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
};

function offsetOf(document: Parsed, targets: Targets, path: ConfigPath, atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, part] of path.entries()) {
    const open = isAlias(node) ? targets.get(node) : node;
    if (isMap(open)) {
      // The later of two entries with one name is the one to be shown.
      const pair = open.items.findLast(({ key }) => keyText(key) === part);
      if (pair === undefined) return offset;
      const last = depth === path.length - 1;
      offset = (last && atKey ? startOf(pair.key) : (startOf(pair.value) ?? startOf(pair.key))) ?? offset;
      node = pair.value;
    } else if (isSeq(open) && typeof part === "number") {
      node = open.items[part];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
