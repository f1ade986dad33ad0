// Counts what a database wrote, from the outside: the commits and pages in SQLite's write-ahead log.
// https://www.sqlite.org/fileformat2.html#walformat
import { readFileSync } from "node:fs";

export interface Written {
  readonly commits: number;
  readonly pages: number;
}

const logHeader = 32;
const frameHeader = 24;

export function writtenTo(log: string): Written {
  const bytes = readFileSync(log);
  const frame = frameHeader + bytes.readUInt32BE(8);
  const salt = bytes.subarray(16, 24);
  let commits = 0;
  let pages = 0;
  for (let at = logHeader; at + frame <= bytes.length; at += frame) {
    // Frames of an earlier run through the file lie behind those of this one, under another salt.
    if (!bytes.subarray(at + 8, at + 16).equals(salt)) break;
    pages += 1;
    if (bytes.readUInt32BE(at + 4) !== 0) commits += 1;
  }
  return { commits, pages };
}
