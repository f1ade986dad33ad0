// What is looked at before a deployment. A check changes nothing; one that can't be made is a fault like any other.
import type { Settings } from "../settings.ts";

export interface Fault {
  /** What is wrong, by the name that an operator knows it by. */
  readonly says: string;
  readonly advice: string;
}

export interface Check {
  /** What is looked at, as a line of the list. */
  readonly about: string;
  /** Not called where there is nothing of the kind to look at. */
  readonly concerns?: (settings: Settings) => boolean;
  faults(settings: Settings): Promise<readonly Fault[]>;
}

/** A check that needs AWS, so that nothing is asked without credentials. */
export interface AwsCheck extends Check {
  readonly asksAws: true;
}

export const fault = (says: string, advice: string): Fault => ({ says, advice });
