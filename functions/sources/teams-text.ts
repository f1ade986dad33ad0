// What somebody wrote to our bot, as it was meant: without our own name, and without the markup in which Teams brings it.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations#retrieve-mentions

interface Mention {
  readonly type: string;
  readonly text?: string | undefined;
  readonly mentioned?: { readonly id?: string | undefined; readonly name?: string | undefined } | undefined;
}

interface Bot {
  readonly id: string;
  readonly name?: string | undefined;
}

/** `isToUs`: our name stands in it. Other people's names stay, as plain words. */
export function spokenTo(
  text: string,
  entities: readonly Mention[],
  bot: Bot | undefined,
): { readonly words: string; readonly isToUs: boolean } {
  let said = text;
  let isToUs = false;
  for (const { type, text: written = "", mentioned } of entities) {
    if (type !== "mention" || mentioned?.id === undefined || mentioned.id !== bot?.id) continue;
    isToUs = true;
    if (written !== "") said = said.split(written).join(" ");
  }
  // Whoever answers a message by quoting it says nothing with the mark that stands for it.
  // https://microsoft.github.io/teams-sdk/blog/quoted-and-threaded-replies
  said = said.replace(/<quoted\b[^<>]*>/gi, " ");
  // A client that names us in the text alone.
  said = said.replace(/<at\b[^<>]*>([^<>]*)<\/at>/gi, (_, name: string) => {
    if (bot?.name === undefined || decoded(name).trim() !== bot.name) return ` ${name} `;
    isToUs = true;
    return " ";
  });
  // Of markup only what Teams itself wraps words in: a sign that somebody typed comes escaped.
  const plain = said
    .replace(/<br\b[^<>]*>|<\/(?:p|div|li)>/gi, "\n")
    .replace(/<\/?(?:p|div|span|ul|ol|li|b|i|u|strong|em|a|pre|code)\b[^<>]*>/gi, "");
  return {
    words: decoded(plain)
      .replace(/[ \t\u00a0\u2007\u202f]+/g, " ")
      .trim(),
    isToUs,
  };
}

const names: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Once: what is escaped twice stands for its escaped form. */
const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined)
        return Object.hasOwn(names, name.toLowerCase()) ? (names[name.toLowerCase()] ?? whole) : whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    },
  );
