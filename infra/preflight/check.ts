// What a check of the preflight is: it reads one thing that a deployment or its first night depends on, and changes nothing.

export interface Finding {
  /** A fault stops the deployment, a warning doesn't. */
  readonly level: "fault" | "warning";
  /** The setting, or the place in a file, that has to be fixed. */
  readonly field: string;
  readonly message: string;
  readonly advice: string;
}

export interface Check {
  readonly title: string;
  /** Settings without which there is nothing to check. */
  readonly needs: readonly string[];
  /** What it finds wrong. Throws if it can't find out, which counts as a fault. */
  run(): Promise<readonly Finding[]>;
}

export interface Result {
  readonly title: string;
  /** Not checked: something before it failed, without which there is nothing to ask. */
  readonly outcome: "ok" | "warning" | "fault" | "not checked";
  readonly findings: readonly Finding[];
}

export const fault = (field: string, message: string, advice: string): Finding => ({
  level: "fault",
  field,
  message,
  advice,
});

export const warning = (field: string, message: string, advice: string): Finding => ({
  level: "warning",
  field,
  message,
  advice,
});

export const resultOf = (title: string, findings: readonly Finding[]): Result => {
  const levels = new Set(findings.map(({ level }) => level));
  return {
    title,
    outcome: levels.has("fault") ? "fault" : levels.has("warning") ? "warning" : "ok",
    findings,
  };
};
