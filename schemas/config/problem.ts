// One thing that is wrong in a config file: where it stands, what it is, and what to do.

export type ConfigPath = readonly (string | number)[];

/** As the checks report it, before its place is looked up. */
export interface Finding {
  readonly path: ConfigPath;
  /** The name of the entry is at fault, not its value. */
  readonly atKey?: boolean;
  readonly message: string;
  readonly advice: string;
}

/** A problem keeps the config from being applied; a warning does not. */
export interface Findings {
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
}

export interface ConfigProblem {
  /** `people.ada.sms`; empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly advice: string;
}

export const pathText = (path: ConfigPath): string =>
  path.reduce<string>(
    (before, part) =>
      typeof part === "number" ? `${before}[${part}]` : before === "" ? part : `${before}.${part}`,
    "",
  );
