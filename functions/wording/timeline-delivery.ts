// The timeline in sentences, of the attempts to carry a page: by which way, who took them, and what became of them.
import type { ChannelName } from "../core/contact.ts";
import type { DeliveryReason, EventMeta, EventOf } from "../core/incident/events.ts";
import { besides, taken } from "./carriers.ts";
import { type Names, nameOf } from "./names.ts";
import { deliveryReasonWords } from "./reasons.ts";
import { capital, channelWords, lasting } from "./words.ts";

type DeliveryEvent = EventOf<
  | "DeliveryWanted"
  | "DeliveryHanded"
  | "CallPickedUp"
  | "DeliveryConfirmed"
  | "DeliveryFailed"
  | "DeliveryUncertain"
>;

export function deliverySentence(event: DeliveryEvent & EventMeta, names: Names): string {
  switch (event.type) {
    case "DeliveryWanted":
      return `${deliveryWords(event)} ${nameOf(names, event.person)} by ${channelWords[event.channel]}.`;
    case "DeliveryHanded":
      return event.found === undefined
        ? taken(event, messageBy(event, names))
        : `${capital(messageTo(event, names))} had gone out before (${event.receipt}). Nothing was sent twice.`;
    case "CallPickedUp":
      return pickedUp(event, names);
    case "DeliveryConfirmed":
      return `${capital(messageTo(event, names))} arrived.`;
    case "DeliveryFailed":
      return deliveryFailed(event, names);
    case "DeliveryUncertain":
      return `${capital(messageTo(event, names))} may or may not have gone out: ${deliveryReasonWords(event.reason)}.${besides(event)} Looked up in ${lasting(event.until - event.at)}.`;
  }
}

const deliveryWords = ({ cause, attempt }: EventOf<"DeliveryWanted">): string => {
  switch (cause) {
    case "page":
    case "catch-all":
      return "Paging";
    case "severity-raised":
      return "Severity raised: paging again";
    case "previous-failed":
      return "The way before failed: paging";
    case "retry":
      return `Attempt ${attempt}: paging`;
    case "missed-call":
      return "The call was missed, so once more: paging";
    case "repeat-after-unknown":
      return `Attempt ${attempt}, unless the one before is found: paging`;
  }
};

interface Message {
  readonly page: string;
  readonly channel: ChannelName;
}

/** "The text to Ada"; without the name where the page is not known. */
const messageTo = ({ page, channel }: Message, names: Names): string =>
  names.has(page) ? `${messages[channel]} to ${nameOf(names, page)}` : messages[channel];

/** "Teams took the message", and not "the Teams message". */
const messageBy = (event: EventOf<"DeliveryHanded">, names: Names): string =>
  event.carrier === "teams"
    ? messageTo(event, names).replace("Teams message", "message")
    : messageTo(event, names);

const messages: Readonly<Record<ChannelName, string>> = {
  sms: "the text",
  voice: "the call",
  teams: "the Teams message",
};

/** None of it is an answer. */
function pickedUp({ page, who }: EventOf<"CallPickedUp">, names: Names): string {
  const call = messageTo({ page, channel: "voice" }, names);
  switch (who) {
    case "human":
      return `A person listens to ${call}.`;
    case "machine":
      return `A machine picked up ${call}: that answers nothing.`;
    case "unknown":
      return `${capital(call)} was picked up.`;
  }
}

/** These happen to calls, and are no fault of anybody's. */
const callsEnd = new Set<DeliveryReason>([
  "busy",
  "not-answered",
  "machine-answered",
  "no-key-pressed",
  "call-ended",
]);

function deliveryFailed(event: EventOf<"DeliveryFailed">, names: Names): string {
  const { reason, retryAt, at, operator } = event;
  const message = capital(messageTo(event, names));
  const again = retryAt === undefined ? "" : ` Next attempt in ${lasting(retryAt - at)}.`;
  if (callsEnd.has(reason)) return `${message} led to nothing: ${deliveryReasonWords(reason)}.${again}`;
  const next = retryAt === undefined ? " This way is given up." : again;
  const alarm = operator ? " The operator has to fix something." : "";
  return `${message} failed: ${deliveryReasonWords(reason)}.${besides(event)}${next}${alarm}`;
}
