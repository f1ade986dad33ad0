// What an incident's own channel is called: its codename, as far as the chat's rules for names let it.
// https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams#channel-names
const longest = 50;

interface Incident {
  readonly id: string;
  readonly drill: boolean;
}

/** `taken`: how many names before this one turned out to be somebody else's. */
export function channelName(codename: string, taken: number, { id, drill }: Incident): string {
  const prefix = drill ? "drill-" : "incident-";
  const suffix = taken === 0 ? "" : `-${taken + 1}`;
  const plain = words(codename) || words(id);
  return `${prefix}${cut(plain, longest - prefix.length - suffix.length)}${suffix}`;
}

/** Letters and digits alone, which no rule minds. */
const words = (text: string): string =>
  text
    .toWellFormed()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");

function cut(text: string, most: number): string {
  const kept = text.slice(0, most);
  return (/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept).replace(/-$/, "");
}
