// Text becomes part of a page only through here: whatever is not markup of ours is escaped.
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (sign) => entities[sign] ?? "");

export const html = (parts: TemplateStringsArray, ...values: readonly (string | Markup)[]): Markup => ({
  markup: parts.reduce((page, part, at) => {
    const value = values[at - 1] ?? "";
    return page + (typeof value === "string" ? escaped(value) : value.markup) + part;
  }),
});
