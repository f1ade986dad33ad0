// The address that a request names, read once: reach, route and function all get this one. What another reader (a proxy, a
// URL parser) could take for a different path is refused.

export interface RequestTarget {
  /** As it was sent, without the query. */
  readonly path: string;
  /** What stands between its slashes: as it was sent, and decoded. */
  readonly segments: readonly { readonly sent: string; readonly value: string }[];
  readonly query: string;
}

/** One slash, then visible ASCII: neither `//host`, nor `http://host/`, nor `*`. */
const originForm = /^\/(?!\/)[!-~]*$/;
/** Encoded dots, slashes, backslashes and control characters; and the backslash, which URL parsers take for a slash. */
const hiddenSign = /%(?:2e|2f|5c|[01][0-9a-f]|7f)|\\/i;

/** Undefined for a target that is not in its plain form. */
export function requestTarget(sent: string): RequestTarget | undefined {
  if (!originForm.test(sent) || sent.includes("#")) return undefined;
  const [path = "", ...queries] = sent.split("?");
  if (hiddenSign.test(path)) return undefined;
  const segments = decoded(path.slice(1).split("/"));
  if (segments === undefined || segments.some(({ value }) => value === "." || value === ".."))
    return undefined;
  return { path, segments, query: queries.join("?") };
}

/** Undefined where an escape is broken. */
function decoded(parts: readonly string[]): RequestTarget["segments"] | undefined {
  try {
    return parts.map((sent) => ({ sent, value: decodeURIComponent(sent) }));
  } catch {
    return undefined;
  }
}
