// From bytes to text. JSON is UTF-8 (RFC 8259), and a byte order mark before it is ignored; Windows writes UTF-16 and its
// old code page as well, and an alert is worth reading in any of them.

export interface DecodedText {
  readonly text: string;
  /** The bytes are not what they should be: read as the most likely code page, in which every byte is something. */
  readonly isGuess: boolean;
}

export function textOf(bytes: Buffer, contentType: string): DecodedText {
  const named = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  for (const encoding of [marked(bytes), utf16(bytes), "utf-8", named]) {
    const text = encoding === undefined ? undefined : decoded(bytes, encoding);
    if (text !== undefined) return { text, isGuess: false };
  }
  return { text: new TextDecoder("windows-1252").decode(bytes), isGuess: true };
}

/** The decoder takes the mark away. */
function marked([first, second]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** JSON begins with a character of ASCII: half of it is zero in UTF-16, mark or not. */
function utf16([first, second]: Buffer): string | undefined {
  if (first !== 0 && second === 0) return "utf-16le";
  return first === 0 && second !== 0 && second !== undefined ? "utf-16be" : undefined;
}

/** Undefined: not in that encoding, or not one that the runtime knows. */
function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
