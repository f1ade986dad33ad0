// The organisation's file: as a deployment brings it, and as it is read.
import type { Instant } from "../core/time.ts";

/** The organisation as many small items under a content hash, and one pointer. */
export interface ConfigItems {
  pointer(): Promise<string | undefined>;
  item(version: string, key: string): Promise<unknown>;
  write(version: string, items: ReadonlyMap<string, unknown>): Promise<void>;
  /** False when the pointer was not at `from`. */
  switchTo(version: string, from: string | undefined, at: Instant): Promise<boolean>;
  /** Newest first. */
  versions(limit: number): Promise<readonly { readonly version: string; readonly at: Instant }[]>;
}

/** The file that a deployment brought with it. */
export interface ConfigAsset {
  read(): Promise<string>;
}
