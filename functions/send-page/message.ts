// A page as each channel carries it, and where the provider reports what became of it.
import type { ChannelName } from "../core/contact.ts";
import { seconds } from "../core/time.ts";
import type { Carriers, Channel, Delivery, MessageOf, OutboundCall, OutboundText } from "../ports.ts";
import { callPath, reportPath } from "../provider-paths.ts";
import { firstMessage } from "../wording/sms.ts";
import type { Errand } from "./errand.ts";

interface Carrier {
  send(): Promise<Delivery>;
  find(since: number): Promise<Delivery>;
}

/** One page on one channel: what is sent and what is looked up are the same message. */
export function pageCarrier<Name extends ChannelName>(
  channels: Carriers,
  name: Name,
  errand: Errand,
  now: number,
): Carrier {
  const channel: Channel<MessageOf<Name>> = channels[name];
  const message = messages[name](errand, now);
  return { send: () => channel.send(message), find: (since) => channel.find(message, since) };
}

/** A page that arrives later than this wakes somebody for what others have in hand. */
const validFor = seconds(300);
/** Shorter than the patience of most voicemail boxes. */
const ringFor = seconds(30);

function pageText(errand: Errand, now: number): OutboundText {
  const { signal } = errand.incident;
  const { page, person, drill } = errand;
  return {
    ...common(errand),
    text: firstMessage({
      drill,
      severity: signal.severity,
      service: signal.serviceName,
      symptom: signal.title,
      since: signal.since,
      now,
      timeZone: person.timeZone,
      others: page.others,
      code: page.code,
    }),
  };
}

/** What is spoken is decided when somebody picks up: by then it may be answered. */
function pageCall(errand: Errand): OutboundCall {
  return {
    ...common(errand),
    answerAt: callPath(errand.stream, errand.delivery.id),
    machineTo: reportPath(errand.stream, "machine", errand.delivery.id),
    ringFor,
  };
}

/** A channel without its line does not compile. */
const messages: { readonly [Name in ChannelName]: (errand: Errand, now: number) => MessageOf<Name> } = {
  sms: pageText,
  voice: pageCall,
};

const common = (errand: Errand) => ({
  to: errand.method.address,
  drill: errand.drill,
  reference: errand.page.code,
  validFor,
  reportTo: reportPath(errand.stream, "page", errand.delivery.id),
});
