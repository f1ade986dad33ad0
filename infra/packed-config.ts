// The organisation's file as a deployment carries it: each key of a source becomes its hash, and comments go. Everything else
// stays where it stands, so that a mistake that apply-config finds has the line of the operator's own file.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";

export interface PackedConfig {
  readonly text: string;
  /** Sources that still have a key of the sample, which everybody knows. */
  readonly demoKeys: readonly string[];
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const keyForm = /^[A-Za-z0-9._~-]{16,128}$/;

export function packedConfig(written: string): PackedConfig {
  const document = documentOf(written);
  const sources = sourcesOf(document);
  const keys = sources.flatMap(({ id, map }) => clearKeys(id, map));
  const edits = [...commentsIn(written), ...sources.flatMap(({ map }) => keyEdits(map, written))];
  const text = edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((kept, { from, to, text: put }) => kept.slice(0, from) + put + kept.slice(to), written);
  checkPacked(document, text, keys);
  const demo = keys.filter(({ key }) => key.startsWith("demo-"));
  return { text, demoKeys: [...new Set(demo.map(({ id }) => id))] };
}

function documentOf(written: string): Document.Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(written, { lineCounter, uniqueKeys: false, prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return document;
  const { line, col } = lineCounter.linePos(error.pos[0]);
  throw new Error(
    `The config can't be read at ${line}:${col}: ${error.message} (\`muster check\` says more)`,
  );
}

interface SourceNode {
  readonly id: string;
  readonly map: YAMLMap;
}

function sourcesOf({ contents }: Document.Parsed): readonly SourceNode[] {
  const sources = isMap(contents) ? contents.items.filter((pair) => nameOf(pair) === "sources") : [];
  return sources.flatMap(({ value }) =>
    isMap(value)
      ? value.items.flatMap((pair) => (isMap(pair.value) ? [{ id: nameOf(pair), map: pair.value }] : []))
      : [],
  );
}

const nameOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : "");

/** Scalars below `key`, a text or a list of them. What an alias stands for is edited where it is written. */
const scalarsIn = (value: unknown) => (isSeq(value) ? value.items : [value]).filter((node) => isScalar(node));

const keyPairs = (map: YAMLMap): readonly Pair[] => map.items.filter((pair) => nameOf(pair) === "key");

function clearKeys(id: string, map: YAMLMap): readonly { readonly id: string; readonly key: string }[] {
  return keyPairs(map).flatMap(({ value }) =>
    scalarsIn(value).map(({ value: key }) => {
      // A hash of it would hide from apply-config that it is too short.
      if (typeof key !== "string" || !keyForm.test(key))
        throw new Error(
          `sources.${id}.key must be 16 to 128 letters, digits and . _ ~ - (\`muster key\` makes one)`,
        );
      return { id, key };
    }),
  );
}

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** A key beside a hash in one source joins the list of the hashes. */
function keyEdits(map: YAMLMap, written: string): readonly Edit[] {
  return keyPairs(map).flatMap((pair) => {
    const scalars = scalarsIn(pair.value);
    const beside = map.items.find((other) => nameOf(other) === "key_sha256");
    const [from = 0, to = 0] = rangeOf(pair.key);
    if (beside === undefined) {
      const hashed = scalars.map((node) => {
        const [start = 0, end = 0] = rangeOf(node);
        return { from: start, to: end, text: `"${hashOf(String(node.value))}"` };
      });
      return [{ from, to, text: "key_sha256" }, ...hashed];
    }
    const [start = 0, end = 0] = rangeOf(beside.value);
    const hashes = [
      ...scalars.map(({ value }) => hashOf(String(value))),
      ...scalarsIn(beside.value).map(({ value }) => String(value)),
    ];
    return [
      without(from, rangeOf(pair.value)[1] ?? to, map.flow === true, written),
      { from: start, to: end, text: `[${hashes.map((hash) => `"${hash}"`).join(", ")}]` },
    ];
  });
}

const rangeOf = (node: unknown): readonly number[] =>
  (node as { range?: readonly number[] | null }).range ?? [];

/** In braces with the comma that belongs to it. Line breaks stay. */
function without(from: number, to: number, isFlow: boolean, written: string): Edit {
  const breaks = written.slice(from, to).replace(/[^\n]/g, "");
  if (!isFlow) return { from, to, text: breaks };
  const after = /^\s*,/.exec(written.slice(to))?.[0].length ?? 0;
  const before = after > 0 ? 0 : (/,\s*$/.exec(written.slice(0, from))?.[0].length ?? 0);
  return { from: from - before, to: to + after, text: breaks };
}

/** The lexer marks text whose first sign may be # with this. https://eemeli.org/yaml/#lexer */
const scalarFollows = "\u001f";
const marks = new Set(["\u0002", "\u0018", scalarFollows]);

function commentsIn(written: string): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let previous = "";
  for (const token of new Lexer().lex(written)) {
    if (token.startsWith("#") && previous !== scalarFollows)
      edits.push({ from: at, to: at + token.length, text: "" });
    previous = token;
    if (!marks.has(token)) at += token.length;
  }
  return edits;
}

/** Whatever was written, nothing of it is lost or changed but the keys, and none of those is left. */
function checkPacked(before: Document.Parsed, text: string, keys: readonly { readonly key: string }[]): void {
  const isSame = isDeepStrictEqual(withHashes(before.toJS()), withHashes(documentOf(text).toJS()));
  const isLeft = keys.some(({ key }) => text.includes(key));
  if (!isSame || isLeft)
    throw new Error(
      "The keys under sources can't be replaced by their hashes: write each as key_sha256 (`muster key` prints it), or once and without an anchor",
    );
}

const scalarTexts = (value: unknown): readonly string[] =>
  [value ?? []].flat().filter((each) => typeof each === "string");

/** As both files are understood: the keys of a source as a set of hashes. */
function withHashes(config: unknown): unknown {
  const { sources, ...rest } = (config ?? {}) as { sources?: Record<string, Record<string, unknown>> };
  const hashed = Object.entries(sources ?? {}).map(([id, source]) => {
    const { key, key_sha256, ...others } = source ?? {};
    const hashes = [...scalarTexts(key).map(hashOf), ...[key_sha256 ?? []].flat()];
    return [id, { ...others, hashes: new Set(hashes) }] as const;
  });
  return { ...rest, sources: Object.fromEntries(hashed) };
}
