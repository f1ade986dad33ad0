// What the simulated Teams tells its page.

import type * as Cards from "adaptivecards";

export interface Person {
  upn: string;
  id: string;
  name: string;
  conversation: string;
  installed: "installed" | "absent" | "blocked";
  /** The bot's last message there. */
  newest?: string;
}

export interface Channel {
  id: string;
  name: string;
  gone: boolean;
  membershipType: string;
  members?: string[];
  newest?: string;
}

export interface Overview {
  mode: string;
  bot: string;
  team: { name: string; joined: boolean };
  people: Person[];
  channels: Channel[];
}

export interface Said {
  id: string;
  at: string;
  editedAt?: string;
  conversation: string;
  thread?: string;
  from?: string;
  text: string;
  card?: object;
  notice?: { kind: "said" | "refused" | "failed"; text: string };
}

export interface Press {
  type: string;
  verb?: string;
  id?: string;
  title?: string;
  data: unknown;
}

declare global {
  /** The renderer's script, loaded before the page's own. */
  const AdaptiveCards: typeof Cards;
}
