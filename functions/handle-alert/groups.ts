// Alerts that belong together by their correlation key.
import type { AlertRecord } from "../core/alert.ts";

export const groupsOf = (records: readonly AlertRecord[]): readonly (readonly AlertRecord[])[] =>
  Object.values(Object.groupBy(records, ({ correlation }) => correlation)).filter(
    (group) => group !== undefined,
  );
