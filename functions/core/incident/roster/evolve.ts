// Who is expected and who has arrived, from the facts.
import type { IncidentEvent } from "../events.ts";
import { hasAnother } from "../paging/look-up.ts";
import type { Incident } from "../state.ts";

export function evolveRoster({ roster, paging }: Incident, event: IncidentEvent): Incident["roster"] {
  switch (event.type) {
    case "ArrivalPromised":
      return {
        ...roster,
        [event.person]: { promised: event.until, signedInAt: roster[event.person]?.signedInAt },
      };
    case "SignedIn":
      return { ...roster, [event.person]: { promised: undefined, signedInAt: event.at } };
    case "RequestReopened": {
      // Whoever forgot it, or gave it back, is not counted as being here, unless something else keeps them.
      if (hasAnother(paging, event.person, event.request)) return roster;
      const { [event.person]: _gone, ...others } = roster;
      return others;
    }
    default:
      return roster;
  }
}
