// Config text to a plain tree. YAML's hazards end here: copies of copies, keys twice, depth, tabs, and numbers that
// were meant as text.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
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
const mostNodes = 1_000_000;

export function treeOf(text: string): Tree | { readonly problems: readonly ConfigProblem[] } {
  if (text.length > largestConfig || Buffer.byteLength(text) > largestConfig)
    return whole("the file is larger than 5 MB", "split what it does not need from it");
  const lines = new LineCounter();
  const documents = documentsOf(text, lines);
  if (documents === undefined)
    return whole("the file is nested too deep to be read", "unfold it; no part needs more than six levels");
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
  return {
    value: plain(document, findings),
    findings,
    place: (path, atKey) => placeAt(offsetOf(document, path, atKey ?? false)),
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
    default:
      return {
        message: `this is not YAML: ${message.split("\n")[0] ?? message}`,
        advice: "mend the line; text with : # or quotes in it stands in quotes",
      };
  }
}

/** Own walk instead of the library's: it bounds copies and depth, and reports keys twice in linear time. */
function plain(document: Parsed, findings: Finding[]): unknown {
  let nodes = 0;
  let full = false;
  const refuse = (path: ConfigPath, message: string, advice: string, atKey = false): undefined => {
    findings.push({ path, message, advice, atKey });
    return undefined;
  };

  const walk = (node: unknown, path: ConfigPath): unknown => {
    if (full) return undefined;
    nodes += 1;
    if (nodes > mostNodes) {
      full = true;
      return refuse([], "aliases make the file grow beyond all measure", "write the parts out instead");
    }
    if (path.length > deepest)
      return refuse(path.slice(0, 6), "is nested too deep", "no part needs more than six levels");
    if (isAlias(node)) {
      const target = node.resolve(document);
      return target === undefined
        ? refuse(path, `the alias *${node.source} has no anchor before it`, "define it first")
        : walk(target, path);
    }
    if (isSeq(node)) return node.items.map((item, index) => walk(item, [...path, index]));
    if (isMap(node)) {
      const entries = new Map<string, unknown>();
      for (const { key, value } of node.items) {
        const name = keyText(key);
        if (name === undefined || name === "__proto__") {
          refuse(path, "has an entry whose name is no plain text", "write a simple name before the colon");
          continue;
        }
        if (entries.has(name))
          refuse([...path, name], `"${name}" stands here twice`, "keep one of them", true);
        entries.set(name, walk(value, [...path, name]));
      }
      return Object.fromEntries(entries);
    }
    return isScalar(node) ? scalar(node.value, node.source) : undefined;
  };
  return walk(document.contents, []);
}

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

function offsetOf(document: Parsed, path: ConfigPath, atKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, part] of path.entries()) {
    const open = isAlias(node) ? node.resolve(document) : node;
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
