// Notifications: they tell, and wait for nothing.
import type { IncidentEvent } from "../events.ts";
import type { Incident, Notice } from "../state.ts";

export function evolveNotices(notices: Incident["notices"], event: IncidentEvent): Incident["notices"] {
  switch (event.type) {
    case "NoticeWanted": {
      const { person, kind, channel, method, about, code, request } = event;
      const wanted: Notice = {
        person,
        kind,
        channel,
        method,
        ...(about === undefined ? {} : { about }),
        ...(code === undefined ? {} : { code }),
        ...(request === undefined ? {} : { request }),
        state: "wanted",
      };
      return { ...notices, [event.notice]: wanted };
    }
    case "NoticeHanded":
    case "NoticeFailed": {
      const notice = notices[event.notice];
      if (notice === undefined) return notices;
      return {
        ...notices,
        [event.notice]: { ...notice, state: event.type === "NoticeHanded" ? "handed" : "failed" },
      };
    }
    default:
      return notices;
  }
}
