// The page that a call is about, as it stands while the call goes on.
import type { StreamId } from "../core/aggregate.ts";
import { hasWhatIsAsked } from "../core/incident/paging/look-up.ts";
import type { Incident, Page, PageDelivery } from "../core/incident/state.ts";
import type { Person } from "../core/organisation.ts";
import { type Keypad, keypadOf } from "../core/voice/keypad.ts";
import type { Decisions } from "../decisions.ts";
import { callPath } from "../provider-paths.ts";
import { type Asked, askedOf, namesInAsking } from "../wording/asked.ts";

export interface CallErrand {
  readonly stream: StreamId;
  readonly incident: Incident;
  /** Undefined where the call is about nothing that the incident knows. */
  readonly page: Page | undefined;
  readonly delivery: PageDelivery | undefined;
  readonly person: Person | undefined;
  readonly keypad: Keypad;
  /** Path below which the next keys of this call are sent. */
  readonly path: string;
  readonly now: number;
  /** Of a further request: who asked for whom. */
  readonly asked: Asked | undefined;
  /** Who has it, if somebody does; undefined while the owner is asked anew by this page. */
  readonly owner: { readonly id: string; readonly name: string } | undefined;
}

type House = Pick<Decisions, "incidents" | "directory"> & { readonly clock: { now(): number } };

export async function callErrand(house: House, stream: StreamId, deliveryId: string): Promise<CallErrand> {
  const { state } = await house.incidents.load(stream);
  const pages = Object.values(state.paging.pages);
  const page = pages.find(({ deliveries }) => deliveries.some(({ id }) => id === deliveryId));
  const delivery = page?.deliveries.find(({ id }) => id === deliveryId);
  const owner = page && hasWhatIsAsked(state.paging.requests[page.request], page);
  const names = await house.directory.names([
    ...(owner === undefined ? [] : [owner]),
    ...(page === undefined ? [] : namesInAsking(state, page)),
  ]);
  return {
    stream,
    incident: state,
    page,
    delivery,
    person: page === undefined ? undefined : await house.directory.person(page.person),
    keypad: keypadOf(`${page?.id}${page?.code}`, delivery?.attempt ?? 0),
    path: callPath(stream, deliveryId),
    now: house.clock.now(),
    asked: page === undefined ? undefined : askedOf(state, page, names),
    owner: owner === undefined ? undefined : { id: owner, name: names.get(owner) ?? owner },
  };
}

/** Whether the one who is called took it, or stays on it. */
export const hasIt = ({ page, owner }: CallErrand): boolean =>
  page !== undefined &&
  (page.state === "acknowledged" || page.state === "escalated" || owner?.id === page.person);
