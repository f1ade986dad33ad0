// The form of a command: the words and the button by which it is given, what it needs to know, and what it answers.
import type { StreamId } from "../../core/aggregate.ts";
import type { TypedForm } from "../../core/chat-words.ts";
import type { Incident } from "../../core/incident/state.ts";
import type { Person } from "../../core/organisation.ts";
import type { Duration } from "../../core/time.ts";
import type { Card } from "../../ports.ts";
import type { SaidAt } from "../../sources/teams-activity.ts";
import type { Field, Verb } from "../../wording/cards/verbs.ts";
import type { House } from "../house.ts";

/** Somebody of the tenant; known to us where the config has an account like this. */
export interface Who {
  /** Object id. */
  readonly user: string;
  /** User principal name, where the chat told it. */
  readonly name: string | undefined;
  readonly person: Person | undefined;
  /** The chat did not say whose account it is: it may be somebody that the config knows by a name. */
  readonly isUnsure?: true;
}

export interface Asked {
  /** Of the activity: whatever comes twice is one order. */
  readonly id: string;
  readonly who: Who;
  readonly at: SaidAt;
  /** Behind a typed command's words. */
  readonly rest: string;
  readonly time: Duration | undefined;
  /** Of a form, bounded. */
  readonly filled: { readonly [name in Field]?: string };
}

/** The incident that is meant, as it is now. */
export interface About {
  readonly stream: StreamId;
  readonly incident: Incident;
  /** Of a card that asks: the page that it is about. */
  readonly page: string | undefined;
}

/** What a command came to. */
export type Told =
  /** In words; `about` is what it was done to, and is shown as it stands then. */
  | {
      readonly kind: "done" | "refused";
      readonly text: string;
      readonly about?: Pick<About, "stream" | "page">;
    }
  | { readonly kind: "card"; readonly card: Card; readonly summary: string };

/** Names of this organisation, as they are typed. */
export interface Examples {
  readonly person: string | undefined;
  readonly service: string | undefined;
}

interface Every extends TypedForm<Verb> {
  /** In the help; left out for what needs no line there, or has no example here. */
  readonly help?: {
    readonly typed: string | ((examples: Examples) => string | undefined);
    readonly does: string;
  };
}

/** Given by people of the config only. */
export interface Asking extends Asked {
  readonly person: Person;
}

export type Command =
  | (Every & {
      readonly needs: "incident";
      readonly run: (house: House, asked: Asking, about: About) => Promise<Told>;
    })
  | (Every & {
      readonly needs: "nothing";
      readonly run: (house: House, asked: Asking, about: About | undefined) => Promise<Told>;
    })
  | (Every & {
      /** Whoever is in the tenant may. */
      readonly needs: "nobody";
      readonly run: (house: House, asked: Asked) => Promise<Told>;
    });
