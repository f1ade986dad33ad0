// A report as it is typed: three parts between strokes, or each behind its name. What has neither is no report: "can you
// look at this" must not become one.

export interface TypedReport {
  readonly conditions: string;
  readonly actions: string;
  readonly needs: string;
}

const labels = { c: "conditions", a: "actions", n: "needs" } as const;
const label = /(?:^|[\s;,])(c|conditions?|a|actions?|n|needs?)\s*:/giu;
/** A stroke inside of an address or a date is none. */
const stroke = /\s+[/|]\s+|\s*\n\s*/u;

export function readReport(text: string): TypedReport | undefined {
  const named = byLabels(text);
  if (named !== undefined) return named;
  const parts = text.trim().split(stroke);
  if (parts.length < 2 || parts.length > 3) return undefined;
  const [conditions = "", actions = "", needs = ""] = parts.map((part) => part.trim());
  return { conditions, actions, needs };
}

function byLabels(text: string): TypedReport | undefined {
  const found = [...text.matchAll(label)];
  if (found[0] === undefined || text.slice(0, found[0].index).trim() !== "") return undefined;
  const parts = { conditions: "", actions: "", needs: "" };
  for (const [n, each] of found.entries()) {
    const end = found[n + 1]?.index ?? text.length;
    const part = text.slice(each.index + each[0].length, end).trim();
    const name = labels[(each[1] ?? "").slice(0, 1).toLowerCase() as keyof typeof labels];
    // The same name twice: nobody can tell what was meant.
    if (parts[name] !== "") return undefined;
    parts[name] = part;
  }
  return parts;
}
