// Before words go out that nobody waits for: whether they are still to be sent by whoever asks. Once begun by somebody who is
// gone they are sent again, for twice is better than never.
import type { StreamId } from "./core/aggregate.ts";
import type { Duration } from "./core/time.ts";
import { NotNow } from "./lambda.ts";
import type { Clock, Leases } from "./ports.ts";

interface Gate {
  readonly clock: Clock;
  readonly leases: Pick<Leases, "begin">;
}

interface Intent {
  /** What is sent, the same however often it is tried. */
  readonly name: string;
  readonly stream: StreamId;
  readonly epoch: number;
  /** After this its holder is gone. */
  readonly lasts: Duration;
}

/** False where it was sent before. Throws where it can't be said now, so that the queue brings it again. */
export async function mayBegin({ clock, leases }: Gate, intent: Intent): Promise<boolean> {
  const { name, stream, epoch, lasts } = intent;
  const now = clock.now();
  const { outcome } = await leases.begin(name, stream, epoch, now, now + lasts);
  switch (outcome) {
    case "begun":
    case "lapsed":
      return true;
    case "finished":
      return false;
    case "moved-on":
    case "in-flight":
      throw new NotNow(`${name} can't go out now (${outcome})`);
  }
}
