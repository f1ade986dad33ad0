// The form in which an operator keeps the hub's own key in the secret store.

/** `{ "key": "…" }`: at least 32 characters that nobody can guess. Throws without quoting it. */
export function hubKeyOf(json: unknown): string {
  const key = typeof json === "object" && json !== null && "key" in json ? json.key : undefined;
  if (typeof key !== "string" || key.length < 32)
    throw new Error('The hub\'s key has to be { "key": "…" } with at least 32 characters');
  return key;
}
