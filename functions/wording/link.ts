// What the page behind a link says of how a page stands.
import type { PageState } from "../core/incident/state.ts";
import { counted } from "./words.ts";

export interface Standing {
  readonly isOver: boolean;
  readonly owner: { readonly id: string; readonly name: string } | undefined;
  readonly page: { readonly person: string; readonly state: PageState };
}

const states: Readonly<Record<PageState, string>> = {
  open: "Waiting for your answer.",
  acknowledged: "You have answered: yes. Others are still asked.",
  escalated: "You asked for more help, and stay.",
  declined: "You said: not me. Others are asked.",
  expired: "The time to answer ran out, and others are asked. You can still take it.",
  cancelled: "You are not needed for it any more.",
};

export function standing({ isOver, owner, page }: Standing): string {
  if (isOver) return "It is over. There is nothing for you to do.";
  if (owner === undefined) return states[page.state];
  return owner.id === page.person ? "You have it." : `${owner.name} has it.`;
}

export const whoElse = (others: number): string =>
  others <= 0 ? ", and nobody else" : `, and ${counted(others, "other")}`;
