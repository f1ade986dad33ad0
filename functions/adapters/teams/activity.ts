// What the bot says, as the connector takes it: plain words, or one card; never both in one, for then it tells no name.
import type { ChatMessage } from "../../ports.ts";

export const cardType = "application/vnd.microsoft.card.adaptive";

/** How a bot is called among those who speak. */
export const botId = (app: string): string => `28:${app}`;

/** Plain is plain: whatever looks like mark-up is shown as it is. */
export const activityOf = (message: ChatMessage, app: string) => ({
  type: "message",
  from: { id: botId(app) },
  ...("text" in message
    ? { textFormat: "plain", text: message.text }
    : { summary: message.summary, attachments: [{ contentType: cardType, content: message.card }] }),
});
