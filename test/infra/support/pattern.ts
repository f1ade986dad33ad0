// EventBridge's patterns, as far as our rules and filters use them:
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
import { isFields, type Json } from "./template.ts";

/** Every field of the pattern has to be in the event; a list holds the values, or tests of them, that are let through. */
export function matches(pattern: Json, event: unknown): boolean {
  if (!isFields(pattern)) throw new Error(`A pattern is an object: ${JSON.stringify(pattern)}`);
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Readonly<Record<string, unknown>> | undefined)?.[field];
    if (!Array.isArray(wanted)) return typeof value === "object" && value !== null && matches(wanted, value);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.some((one) => (wanted as readonly Json[]).some((test) => passes(test, one)));
  });
}

function passes(test: Json, value: unknown): boolean {
  if (!isFields(test)) return test === value;
  const [[kind, operand] = []] = Object.entries(test);
  if (kind === "prefix" && typeof operand === "string")
    return typeof value === "string" && value.startsWith(operand);
  throw new Error(`Say here how EventBridge judges ${JSON.stringify(test)}`);
}
