// What somebody may have meant by a name: the same, the beginning of one, or one that is a slip of the finger away.

export interface Named<Id> {
  readonly id: Id;
  /** All that it answers to. */
  readonly names: readonly string[];
}

export type Found<Id> =
  | { readonly outcome: "one"; readonly id: Id }
  | { readonly outcome: "several"; readonly ids: readonly Id[] }
  /** Nothing has that name; these are near. */
  | { readonly outcome: "none"; readonly near: readonly Id[] };

const mostNear = 3;

export function findNamed<Id>(said: string, all: readonly Named<Id>[]): Found<Id> {
  const wanted = plain(said);
  const fits = (test: (name: string) => boolean) =>
    all.filter(({ names }) => names.some((name) => test(plain(name)))).map(({ id }) => id);
  if (wanted === "") return { outcome: "none", near: [] };
  for (const ids of [
    fits((name) => name === wanted),
    // A first name, or the beginning of one: whole words only, so that "an" is not Ann, Andrew and Anita.
    fits((name) =>
      name
        .split(" ")
        .some(
          (_, at, words) =>
            words.slice(at).join(" ").startsWith(`${wanted} `) || words.slice(at).join(" ") === wanted,
        ),
    ),
  ]) {
    const [id, ...others] = ids;
    if (id !== undefined) return others.length === 0 ? { outcome: "one", id } : { outcome: "several", ids };
  }
  const allowed = wanted.length < 5 ? 1 : 2;
  const near = all
    .map(({ id, names }) => ({
      id,
      far: Math.min(
        ...names
          .flatMap((name) => [plain(name), ...plain(name).split(" ")])
          .map((name) => distance(wanted, name)),
      ),
    }))
    .filter(({ far }) => far <= allowed)
    .toSorted((a, b) => a.far - b.far)
    .slice(0, mostNear);
  return { outcome: "none", near: near.map(({ id }) => id) };
}

/** Accents, capitals and punctuation make no difference. */
const plain = (text: string): string =>
  text
    .slice(0, 100)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Insertions, deletions, changed letters. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
