// What becomes of a press: what the bot answers is shown to whoever pressed, and to nobody else.
// https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#response-format
import { type Card, cardType, isCard, isObject } from "./cards.ts";
import type { Delivered } from "./delivery.ts";
import type { Notice } from "./memory.ts";

export type Pressed =
  /** Takes the place of the card for whoever pressed. */
  | { readonly outcome: "card"; readonly card: Card }
  /** Shown under the card. */
  | { readonly outcome: "said"; readonly text: string }
  | { readonly outcome: "refused"; readonly code: string; readonly text: string }
  /** Action.Submit: nothing is shown but what the bot posts. */
  | { readonly outcome: "sent" }
  | { readonly outcome: "link"; readonly url: string }
  /** The bot can't be reached, or its answer is none: the client says so. */
  | { readonly outcome: "failed"; readonly why: string };

const went: Pressed = { outcome: "sent" };
const failed = (why: string): Pressed => ({ outcome: "failed", why });

export function afterInvoke(delivered: Delivered): Pressed {
  if (delivered.outcome !== "answered") return failed(delivered.outcome);
  const { status, body } = delivered;
  if (status !== 200) return failed(`status ${status}`);
  if (!isObject(body) || typeof body["statusCode"] !== "number")
    return failed("an answer without statusCode");
  const { type, value } = body;
  switch (type) {
    case cardType:
      return isCard(value) ? { outcome: "card", card: value } : failed("an answer whose card is none");
    case "application/vnd.microsoft.activity.message":
      return typeof value === "string"
        ? { outcome: "said", text: value }
        : failed("a message that is no text");
    case "application/vnd.microsoft.error":
      return isObject(value) && typeof value["message"] === "string"
        ? { outcome: "refused", code: String(value["code"]), text: value["message"] }
        : failed("an error without message");
    default:
      return failed(`an answer of type ${String(type)}`);
  }
}

export const afterSubmit = (delivered: Delivered): Pressed =>
  delivered.outcome === "answered" && delivered.status < 300
    ? went
    : failed(delivered.outcome === "answered" ? `status ${delivered.status}` : delivered.outcome);

export function noticeOf(pressed: Pressed): Notice | undefined {
  switch (pressed.outcome) {
    case "said":
      return { kind: "said", text: pressed.text };
    case "refused":
      return { kind: "refused", text: pressed.text };
    case "failed":
      return { kind: "failed", text: "Something went wrong. Please try again." };
    default:
      return undefined;
  }
}
