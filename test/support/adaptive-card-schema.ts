// Adaptive Cards 1.5, of what our cards are built of and no more: a property or a value that is not in the specification is an
// error. Written after https://adaptivecards.io/explorer/; `msteams` after
// https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
import { Ajv } from "ajv";

const words = { type: "string", minLength: 1 } as const;
const yesNo = { type: "boolean" } as const;
const one = (...values: readonly string[]) => ({ enum: [...values] });
const list = (name: string) => ({ type: "array", items: { $ref: `#/definitions/${name}` }, minItems: 1 });
const thing = (
  type: string,
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
) => ({
  type: "object",
  properties: { type: { const: type }, ...properties },
  required: ["type", ...required],
  additionalProperties: false,
});

const spacing = one("default", "none", "small", "medium", "large", "extraLarge", "padding");
const colour = one("default", "dark", "light", "accent", "good", "warning", "attention");
const element = { id: words, spacing, separator: yesNo, isVisible: yesNo, height: one("auto", "stretch") };
const input = { ...element, id: words, label: words, isRequired: yesNo, errorMessage: words };
const action = {
  id: words,
  title: words,
  style: one("default", "positive", "destructive"),
  tooltip: words,
  isEnabled: yesNo,
  mode: one("primary", "secondary"),
};
const sent = { ...action, data: { type: "object" }, associatedInputs: one("auto", "none") };

const definitions = {
  Card: thing("AdaptiveCard", { body: list("Element"), actions: list("Action") }),
  Element: {
    type: "object",
    required: ["type"],
    discriminator: { propertyName: "type" },
    oneOf: [
      thing(
        "RichTextBlock",
        { ...element, inlines: list("TextRun"), horizontalAlignment: one("left", "center", "right") },
        ["inlines"],
      ),
      thing(
        "Container",
        {
          ...element,
          items: list("Element"),
          style: one("default", "emphasis", "good", "attention", "warning", "accent"),
          bleed: yesNo,
        },
        ["items"],
      ),
      // More than five are left out by the renderer as it comes, more than six by Microsoft Teams.
      thing("ActionSet", { ...element, actions: { ...list("Action"), maxItems: 5 } }, ["actions"]),
      thing(
        "Input.Text",
        {
          ...input,
          isMultiline: yesNo,
          maxLength: { type: "number", exclusiveMinimum: 0 },
          placeholder: { type: "string" },
          value: { type: "string" },
          style: one("text", "tel", "url", "email", "password"),
        },
        ["id"],
      ),
      thing(
        "Input.Toggle",
        { ...input, title: words, value: words, valueOn: words, valueOff: words, wrap: yesNo },
        ["id", "title"],
      ),
      thing(
        "Input.ChoiceSet",
        {
          ...input,
          choices: list("Choice"),
          isMultiSelect: yesNo,
          style: one("compact", "expanded", "filtered"),
          value: { type: "string" },
          placeholder: { type: "string" },
          wrap: yesNo,
        },
        ["id"],
      ),
    ],
  },
  Choice: {
    type: "object",
    properties: { title: words, value: words },
    required: ["title", "value"],
    additionalProperties: false,
  },
  TextRun: thing(
    "TextRun",
    {
      text: words,
      color: colour,
      isSubtle: yesNo,
      italic: yesNo,
      strikethrough: yesNo,
      underline: yesNo,
      highlight: yesNo,
      fontType: one("default", "monospace"),
      size: one("default", "small", "medium", "large", "extraLarge"),
      weight: one("default", "lighter", "bolder"),
    },
    ["text"],
  ),
  Action: {
    type: "object",
    required: ["type"],
    discriminator: { propertyName: "type" },
    oneOf: [
      thing("Action.Execute", { ...sent, verb: words, fallback: { $ref: "#/definitions/Fallback" } }, [
        "title",
        "verb",
        "fallback",
      ]),
      thing("Action.OpenUrl", { ...action, url: { type: "string", pattern: "^https://" } }, ["title", "url"]),
      thing("Action.ShowCard", { ...action, card: { $ref: "#/definitions/Card" } }, ["title", "card"]),
    ],
  },
  Fallback: thing("Action.Submit", sent, ["title", "data"]),
};

const card = {
  ...thing(
    "AdaptiveCard",
    {
      $schema: { const: "http://adaptivecards.io/schemas/adaptive-card.json" },
      version: { const: "1.5" },
      body: list("Element"),
      actions: list("Action"),
      fallbackText: words,
      speak: words,
      msteams: {
        type: "object",
        properties: { width: { const: "Full" } },
        required: ["width"],
        additionalProperties: false,
      },
    },
    ["version", "body", "fallbackText"],
  ),
  definitions,
};

const judge = new Ajv({ discriminator: true, allErrors: true, strict: true, strictRequired: false }).compile(
  card,
);

/** What is wrong with it; nothing where it is a card by the specification. */
export function cardProblems(given: unknown): readonly string[] {
  judge(given);
  return (judge.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
