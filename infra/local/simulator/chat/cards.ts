// Cards as a client reads them: what can be pressed on one, and what a press sends.
// https://adaptivecards.io/explorer/Action.Execute.html

export type Json = Readonly<Record<string, unknown>>;
export type Card = Json;

export const cardType = "application/vnd.microsoft.card.adaptive";

export interface CardAction {
  readonly type: string;
  readonly title?: string;
  readonly verb?: string;
  readonly id?: string;
  readonly url?: string;
  readonly data?: unknown;
  readonly fallback?: unknown;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isCard = (value: unknown): value is Card => isObject(value) && value["type"] === "AdaptiveCard";

/** Everything that can be pressed, that under "show more" included; what stands there for older clients is not among it. */
export function actionsOf(card: unknown): readonly CardAction[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf);
  if (!isObject(card)) return [];
  const inside = Object.entries(card).flatMap(([key, value]) =>
    key === "fallback" || key === "data" || key === "refresh" ? [] : actionsOf(value),
  );
  const { type } = card;
  return typeof type === "string" && type.startsWith("Action.") ? [{ ...card, type }, ...inside] : inside;
}

/** The action with this verb, id or title, or in whose data it is told apart: `{verb: "acknowledge"}`. */
export function actionNamed(card: Card, name: string): CardAction | undefined {
  const actions = actionsOf(card);
  return (
    actions.find(({ verb, id }) => verb === name || id === name) ??
    actions.find(({ title }) => title === name) ??
    actions.find(({ data }) => isObject(data) && data["verb"] === name)
  );
}

/** What the card's own data and the inputs say together; an input wins. */
export function dataOf({ data }: CardAction, inputs: Json): unknown {
  if (data !== undefined && !isObject(data)) return Object.keys(inputs).length === 0 ? data : inputs;
  return { ...(isObject(data) ? data : {}), ...inputs };
}

/** All that a card says, for a test that looks for a word. */
export function wordsOf(card: unknown): string {
  if (Array.isArray(card)) return card.map(wordsOf).filter(Boolean).join("\n");
  if (!isObject(card)) return "";
  const said = ["title", "text", "value", "label", "altText"].flatMap((key) => {
    const value = card[key];
    return typeof value === "string" ? [value] : [];
  });
  const inside = Object.entries(card).flatMap(([key, value]) =>
    key === "data" || key === "fallback" || key === "msteams" || typeof value !== "object"
      ? []
      : [wordsOf(value)],
  );
  return [...said, ...inside].filter(Boolean).join("\n");
}
