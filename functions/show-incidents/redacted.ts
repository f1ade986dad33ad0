// What is left of an incident's view for those who may not see all of it.
import type { incidentView } from "./incident-view.ts";

type View = NonNullable<Awaited<ReturnType<typeof incidentView>>>;

/** What the list of incidents says of each as well. */
const listed = [
  "id",
  "version",
  "codename",
  "sensitive",
  "service",
  "serviceName",
  "severity",
  "phase",
  "drill",
  "openedAt",
  "endedAt",
  "owner",
  "yours",
  "you",
] as const satisfies readonly (keyof View)[];

/** Of a sensitive incident, for a person who is not part of it: what the list says of it. A field that is new stays inside. */
export function redacted(view: View): View {
  const shown = Object.fromEntries(listed.flatMap((field) => (field in view ? [[field, view[field]]] : [])));
  return {
    ...(shown as Pick<View, (typeof listed)[number]>),
    title: "A sensitive incident: only those who work on it see more",
    more: 0,
    worst: view.severity,
    urgency: "high",
    since: view.openedAt,
    alerts: 0,
    requests: [],
    pages: [],
    roster: [],
    bridge: {
      state: view.bridge.state,
      returning: false,
      you: view.bridge.you,
      callers: [],
      callIns: [],
      people: [],
    },
    samples: [],
    moreSamples: 0,
    timeline: [],
  };
}

/** For a viewer: without numbers, PINs and recordings, and without what senders wrote into their alerts. */
export const forViewer = (view: View): View => ({
  ...view,
  bridge: {
    ...closed(view),
    callers: view.bridge.callers.map(({ ending: _ending, ...caller }) => ({ ...caller, recordings: [] })),
  },
  samples: view.samples.map(({ link: _link, labels: _labels, ...sample }) => sample),
});

/** The bridge without its number and its PIN. */
function closed({ bridge }: View): View["bridge"] {
  const { number: _number, pin: _pin, ...room } = bridge;
  return room;
}
