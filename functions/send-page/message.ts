// A page as each channel carries it, by either carrier, and where the carrier reports what became of it.
import { type Way, wayBy } from "../carriers.ts";
import type { Places } from "../chat-places.ts";
import { chatWay } from "../chat-way.ts";
import type { ChannelName } from "../core/contact.ts";
import { othersPaged } from "../core/incident/paging/look-up.ts";
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import { seconds } from "../core/time.ts";
import type { PageCards } from "../page-cards.ts";
import type { Channels, OutboundCall, OutboundSpeech, OutboundText, SecondCarrier } from "../ports.ts";
import { callPath, reportPath } from "../provider-paths.ts";
import { type FirstMessage, firstMessage, firstMessageWithLink } from "../wording/sms.ts";
import { callWords } from "../wording/voice.ts";
import type { Errand } from "./errand.ts";

interface Out {
  readonly channels: Channels;
  readonly secondCarrier: SecondCarrier;
  /** The address at which the page can be answered; asked for when a text needs it. */
  readonly link: () => Promise<string | undefined>;
  readonly places: Places;
  readonly cards: PageCards;
}

/** The first carrier's way of this channel, and the second's where there is one. */
export function waysOf(
  { channels, secondCarrier, link, places, cards }: Out,
  errand: Errand,
  now: number,
): readonly [Way, ...Way[]] {
  const ways: { readonly [Name in ChannelName]: () => readonly [Way, ...Way[]] } = {
    sms: () => {
      const text = pageText(errand, now);
      const first = wayBy("twilio", channels.sms, text);
      const { sms } = secondCarrier;
      if (sms === undefined) return [first];
      const send = async () => sms.send(linkedText(errand, now, await link()));
      return [first, { ...wayBy("aws", sms, text), send }];
    },
    voice: () => {
      const first = wayBy("twilio", channels.voice, pageCall(errand));
      const { voice } = secondCarrier;
      return voice === undefined ? [first] : [first, wayBy("aws", voice, pageSpeech(errand))];
    },
    teams: () => [
      chatWay(channels.teams, places, async () => ({
        ...common(errand),
        // The chat answers at once whether it has it.
        reportTo: "",
        message: await cards.of(errand.stream, errand.incident, errand.page),
      })),
    ],
  };
  return ways[errand.delivery.channel]();
}

/** A page that arrives later than this wakes somebody for what others have in hand. */
const validFor = seconds(300);
/** Shorter than the patience of most voicemail boxes. */
const ringFor = seconds(30);

const pageText = (errand: Errand, now: number): OutboundText => ({
  ...common(errand),
  text: firstMessage(pageFacts(errand, now)),
});

/** The second carrier's text bears a link beside the code: its replies may not reach us. */
const linkedText = (errand: Errand, now: number, link: string | undefined): OutboundText =>
  link === undefined
    ? pageText(errand, now)
    : { ...common(errand), text: firstMessageWithLink(pageFacts(errand, now), link) };

function pageFacts({ incident, page, person, drill, asked }: Errand, now: number): FirstMessage {
  const { severity, title, since, more } = spokenOf(incident);
  return {
    drill,
    severity,
    service: incident.signal.serviceName,
    symptom: title,
    more,
    since,
    now,
    timeZone: person.timeZone,
    others: othersPaged(incident, page),
    code: page.code,
    ...(asked === undefined ? {} : { asked }),
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

/** The second carrier listens to no keys: it says the code, and by which ways it can be answered. */
function pageSpeech(errand: Errand): OutboundSpeech {
  const { serviceName: service } = errand.incident.signal;
  const { severity, title: symptom, more } = spokenOf(errand.incident);
  const { drill, page, person } = errand;
  const words = callWords(person.language);
  return {
    ...common(errand),
    language: words.language,
    text: words.oneWay({ severity, service, symptom, more, drill, code: page.code, asked: errand.asked }),
  };
}

const common = (errand: Errand) => ({
  to: errand.method.address,
  drill: errand.drill,
  reference: errand.page.code,
  validFor,
  reportTo: reportPath(errand.stream, "page", errand.delivery.id),
});
