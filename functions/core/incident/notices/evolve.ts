// Notifications: they tell, and wait for nothing.
import type { IncidentEvent } from "../events.ts";
import type { Incident, Notice } from "../state.ts";

export function evolveNotices(notices: Incident["notices"], event: IncidentEvent): Incident["notices"] {
  switch (event.type) {
    case "NoticeWanted": {
      const { person, kind, channel, method, about, code, request, news, insteadOf, at } = event;
      const wanted: Notice = {
        person,
        kind,
        channel,
        method,
        ...(about === undefined ? {} : { about }),
        ...(code === undefined ? {} : { code }),
        ...(request === undefined ? {} : { request }),
        ...(news === undefined ? {} : { news }),
        ...(insteadOf === undefined ? {} : { insteadOf }),
        state: "wanted",
        at,
      };
      return { ...notices, [event.notice]: wanted };
    }
    case "NoticeHanded": {
      const { receipt, carrier } = event;
      return withNotice(notices, event.notice, (notice) => ({
        ...settled(notice, "handed"),
        receipt,
        ...(carrier === undefined ? {} : { carrier }),
      }));
    }
    case "NoticeConfirmed":
      return withNotice(notices, event.notice, (notice) => settled(notice, "handed"));
    case "NoticeUncertain":
      return withNotice(notices, event.notice, (notice) => ({
        ...settled(notice, "uncertain"),
        dueAt: event.until,
      }));
    case "NoticeFailed":
      return withNotice(notices, event.notice, (notice) => settled(notice, "failed"));
    default:
      return notices;
  }
}

function settled({ dueAt: _noLonger, ...notice }: Notice, state: Notice["state"]): Notice {
  return { ...notice, state };
}

function withNotice(
  notices: Incident["notices"],
  id: string,
  change: (notice: Notice) => Notice,
): Incident["notices"] {
  const notice = notices[id];
  return notice === undefined ? notices : { ...notices, [id]: change(notice) };
}
