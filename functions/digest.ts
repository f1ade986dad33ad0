// Digests by which things are recognised without being named.
import { createHash } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Stands for a number or address where it must not be written down. */
export const addressDigest = (address: string): string => sha256(`address ${address}`).slice(0, 16);
