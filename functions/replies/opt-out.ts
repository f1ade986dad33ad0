// STOP and START: whoever does not want to be texted is routed around, and comes back by asking. A number that is called
// as well goes on being called: the word was about texts.
import type { Actor } from "../core/command.ts";
import { closedBecause } from "../core/person/person.ts";
import { addressDigest } from "../digest.ts";
import type { NumberHolder } from "../organisation-items.ts";
import type { House } from "./house.ts";

/** Whether it changed anything. With `only`, methods closed for another reason stay closed. */
export async function optOut(
  house: House,
  holders: readonly NumberHolder[],
  reply: string,
  type: "CloseMethod" | "ReopenMethod",
  only?: "bounced",
): Promise<boolean> {
  let changed = false;
  for (const { person: id, method } of holders) {
    const way = (await house.directory.person(id))?.methods.find((each) => each.id === method);
    if (way?.channel !== "sms") continue;
    const digest = addressDigest(way.address);
    if (only !== undefined) {
      const known = await house.people.load(`person/${id}`);
      if (closedBecause(known.state, method, digest) !== only) continue;
    }
    const actor: Actor = { kind: "person", id, via: "sms", assurance: "number" };
    const envelope = { id: reply, causeId: reply, at: house.clock.now(), actor, drill: false };
    const order = { method, address: digest };
    const dispatched = await house.people.dispatch(
      `person/${id}`,
      type === "CloseMethod"
        ? { ...envelope, ...order, type, why: "opted-out" }
        : { ...envelope, ...order, type },
    );
    changed ||= dispatched.outcome === "done" && dispatched.events.length > 0;
  }
  return changed;
}
