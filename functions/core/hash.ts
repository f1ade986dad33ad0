// A text as a number that looks like chance and is the same everywhere: to spread, and to tell apart; never a secret's.

/** 32 bits, FNV-1a. Texts that differ in their last sign differ in the low bits first, so that it is stirred once more. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
