// What is left of an incident's view for those who may not see all of it.
import type { incidentView } from "./incident-view.ts";

type View = NonNullable<Awaited<ReturnType<typeof incidentView>>>;

/** Of a sensitive incident, for a person who is not part of it: that there is one, its codename, and who has it. */
export function redacted(view: View): View {
  const { synopsis: _synopsis, can: _can, ...rest } = view;
  return {
    ...rest,
    title: "A sensitive incident: only those who work on it see more",
    requests: [],
    pages: [],
    roster: [],
    bridge: { ...closed(view), callers: [], callIns: [], people: [] },
    samples: [],
    moreSamples: 0,
    more: 0,
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
