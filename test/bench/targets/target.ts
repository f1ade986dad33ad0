// What is put under load: something that takes alerts by POST and calls the provider.
import type { BenchAlert } from "../organisation.ts";

export interface Place {
  /** An empty folder. */
  readonly folder: string;
  readonly providerUrl: string;
}

export interface Target {
  readonly name: string;
  readonly pid: number;
  /** Where alerts are posted to. */
  readonly intake: string;
  body(alerts: readonly BenchAlert[]): string;
  stop(): Promise<void>;
}
