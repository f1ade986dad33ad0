// Of a sensitive incident, for whoever is no part of it: that there is one, by its codename, and who has it. Whoever takes it,
// is paged for it or declared it sees it whole.
import type { incidentView } from "./incident-view.ts";

type View = NonNullable<Awaited<ReturnType<typeof incidentView>>>;

export function hushed(view: View): View {
  const { synopsis: _said, can: _told, bridge, ...rest } = view;
  const { number: _number, pin: _pin, ...room } = bridge;
  return {
    ...rest,
    title: "A sensitive incident: only those who work on it see more",
    requests: [],
    pages: [],
    roster: [],
    bridge: { ...room, callers: [], callIns: [], people: [] },
    samples: [],
    moreSamples: 0,
    more: 0,
    timeline: [],
  };
}
