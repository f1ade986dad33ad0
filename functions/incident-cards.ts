// An incident's card as it is now: at the head of its thread, and in answer to whoever asks how it stands.
import type { StreamId } from "./core/aggregate.ts";
import { type Incident, isOver } from "./core/incident/state.ts";
import type { Directory } from "./directory.ts";
import type { ChatMessage, Ports } from "./ports.ts";
import type { Choice } from "./wording/cards/blocks.ts";
import { incidentCard, incidentSummary } from "./wording/cards/incident-card.ts";
import { incidentFacts, namedOnIncident } from "./wording/cards/incident-facts.ts";
import { whomChoice } from "./wording/cards/verbs.ts";

interface Beside {
  /** As they were counted beside the stream. */
  readonly alerts?: number;
  /** It stands where everybody can read it: of a sensitive incident it says nothing but its name. */
  readonly inPublic?: boolean;
  /** What a press did, or why it was refused. */
  readonly notice?: string;
}

export interface IncidentCards {
  of(
    stream: StreamId,
    incident: Incident,
    beside?: Beside,
  ): Promise<Extract<ChatMessage, { readonly card: unknown }>>;
}

export function incidentCards(
  { clock, commandPost }: Pick<Ports, "clock" | "commandPost">,
  directory: Pick<Directory, "names" | "everybody" | "services">,
): IncidentCards {
  /** Services first: a subject is asked for more often than a name is known. */
  const whom = async ({ phase }: Incident): Promise<readonly Choice[]> => {
    if (isOver(phase)) return [];
    const [people, services] = await Promise.all([directory.everybody(), directory.services()]);
    return [
      ...services.map(({ id, name }) => ({ title: name, value: whomChoice("service", id) })),
      ...people.map(({ id, name }) => ({ title: name, value: whomChoice("person", id) })),
    ];
  };

  return {
    async of(stream, incident, beside = {}) {
      const [names, choices] = await Promise.all([
        directory.names(namedOnIncident(incident)),
        whom(incident),
      ]);
      const facts = incidentFacts(stream, incident, {
        ...beside,
        names,
        choices,
        now: clock.now(),
        address: commandPost.address(stream),
      });
      return { card: incidentCard(facts), summary: incidentSummary(facts) };
    },
  };
}
