// A notification in words.
import type { StreamId } from "../core/aggregate.ts";
import type { Incident, Notice } from "../core/incident/state.ts";
import { seconds } from "../core/time.ts";
import type { OutboundText } from "../ports.ts";
import { reportPath } from "../provider-paths.ts";
import { type NoticeFacts, noticeMessage as noticeText } from "../wording/sms.ts";

/** News of an end is still news for a while. */
const validFor = seconds(1800);

interface Told {
  readonly stream: StreamId;
  readonly ref: string;
  readonly notice: Notice;
  readonly incident: Incident;
  readonly to: string;
  readonly names: ReadonlyMap<string, string>;
  readonly dialIn: NoticeFacts["dialIn"] | undefined;
}

export function noticeMessage({ stream, ref, notice, incident, to, names, dialIn }: Told): OutboundText {
  const { drill, serviceName: service, severity, title: symptom } = incident.signal;
  const { kind, code } = notice;
  const request = notice.request === undefined ? undefined : incident.paging.requests[notice.request];
  const asked =
    request?.aboutName ??
    (request?.about === undefined ? undefined : (names.get(request.about) ?? request.about));
  const codename = incident.declaration?.codename;
  const about = notice.about === undefined ? undefined : (names.get(notice.about) ?? notice.about);
  return {
    to,
    drill,
    reference: code ?? ref,
    validFor,
    reportTo: reportPath(stream, "notice", ref),
    text: noticeText({
      kind,
      drill,
      service,
      severity,
      symptom,
      ...(about === undefined ? {} : { about }),
      ...(code === undefined ? {} : { code }),
      ...(codename === undefined ? {} : { codename }),
      ...(asked === undefined ? {} : { asked }),
      ...(dialIn === undefined ? {} : { dialIn }),
    }),
  };
}
