// A notification in words, as each written channel carries it.
import { type Way, wayBy } from "../carriers.ts";
import type { Places } from "../chat-places.ts";
import { chatWay } from "../chat-way.ts";
import type { StreamId } from "../core/aggregate.ts";
import type { WrittenChannel } from "../core/contact.ts";
import { mayRead } from "../core/incident/sensitive.ts";
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import { spokenTo } from "../core/incident/spoken-to.ts";
import type { Incident, Notice } from "../core/incident/state.ts";
import { seconds } from "../core/time.ts";
import type { Channels, OutboundText, SecondCarrier } from "../ports.ts";
import { reportPath } from "../provider-paths.ts";
import { chatNotice } from "../wording/chat-notice.ts";
import type { NoticeFacts } from "../wording/notices.ts";
import { noticeMessage } from "../wording/sms.ts";

/** News of an end is still news for a while. */
const validFor = seconds(1800);

/** To whom: the address that the notice is for, and a number where the chat's address does not take it. */
interface To {
  readonly stream: StreamId;
  readonly ref: string;
  readonly to: string;
  readonly phone: string | undefined;
}

interface Told {
  readonly notice: Notice;
  readonly incident: Incident;
  readonly names: ReadonlyMap<string, string>;
  readonly dialIn: NoticeFacts["dialIn"] | undefined;
}

interface Out {
  readonly channels: Pick<Channels, WrittenChannel>;
  readonly secondCarrier: Pick<SecondCarrier, "sms">;
  readonly places: Places;
}

/** The first way of this channel, and another where there is one: the second carrier's, or for the chat a text. */
export function waysOf(
  { channels, secondCarrier, places }: Out,
  { stream, ref, to, phone, ...told }: Told & To,
): readonly [Way, ...Way[]] {
  const { notice, incident } = told;
  const common = { drill: incident.signal.drill, reference: notice.code ?? ref, validFor };
  const facts = noticeFacts(told);
  const asText = (number: string): OutboundText => ({
    ...common,
    to: number,
    reportTo: reportPath(stream, "notice", ref),
    text: noticeMessage(facts),
  });
  const ways: { readonly [Name in WrittenChannel]: () => readonly [Way, ...Way[]] } = {
    sms: () => {
      const message = asText(to);
      const first = wayBy("twilio", channels.sms, message);
      const { sms } = secondCarrier;
      return sms === undefined ? [first] : [first, wayBy("aws", sms, message)];
    },
    teams: () => [
      // The chat answers at once whether it has it.
      chatWay(channels.teams, places, async () => ({
        ...common,
        to,
        reportTo: "",
        message: { text: chatNotice(facts) },
      })),
      // What failed by text before is not tried by text again.
      ...(phone === undefined || notice.insteadOf !== undefined
        ? []
        : [wayBy("twilio", channels.sms, asText(phone))]),
    ],
  };
  return ways[notice.channel]();
}

function noticeFacts({ notice, incident, names, dialIn }: Told): NoticeFacts {
  const { drill, serviceName: service } = incident.signal;
  // Of what joined it is known since then which was the gravest; everything else speaks of what fires now.
  const {
    severity,
    title: symptom,
    more,
  } = mayRead(incident, notice.person)
    ? (notice.news ?? spokenOf(incident))
    : spokenTo(incident, notice.person);
  const { kind, code } = notice;
  const request = notice.request === undefined ? undefined : incident.paging.requests[notice.request];
  const asked =
    request?.aboutName ??
    (request?.about === undefined ? undefined : (names.get(request.about) ?? request.about));
  const codename = incident.declaration?.codename;
  const about = notice.about === undefined ? undefined : (names.get(notice.about) ?? notice.about);
  return {
    kind,
    drill,
    service,
    severity,
    symptom,
    more,
    ...(about === undefined ? {} : { about }),
    ...(code === undefined ? {} : { code }),
    ...(codename === undefined ? {} : { codename }),
    ...(asked === undefined ? {} : { asked }),
    ...(dialIn === undefined ? {} : { dialIn }),
  };
}
