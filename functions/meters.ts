// Whether the hub does something once more for a number: asked before it is done, counted where it is granted. What bites
// is logged, and an alarm of the table reaches the operator.
import { byHub } from "./core/command.ts";
import {
  blockOf,
  isCounted,
  type MeterOrder,
  type MeterState,
  meter,
  meterStream,
  type User,
} from "./core/limits/meter.ts";
import type { LimitName } from "./core/limits/table.ts";
import type { Directory } from "./directory.ts";
import { type Dispatched, dispatcher } from "./dispatcher.ts";
import type { Tools } from "./lambda.ts";
import type { Ports } from "./ports.ts";

interface Deps {
  readonly clock: Ports["clock"];
  readonly journal: Pick<Ports["journal"], "load" | "append" | "saveSnapshot">;
  readonly directory: Pick<Directory, "version">;
}

export interface Meters {
  /** Counts the use; false where the table refuses it. The same use is counted once. */
  grants(limit: LimitName, use: string, user: User, tools: Tools): Promise<boolean>;
  /** Whether the next use would be refused; counts nothing. */
  refuses(limit: LimitName, user: User): Promise<boolean>;
  /** A use that turned out not to count. */
  giveBack(limit: LimitName, use: string, tools: Tools): Promise<void>;
}

/** `by`: the function that asks. */
export function meters({ clock, journal, directory }: Deps, by: string): Meters {
  const streams = dispatcher(meter, journal, async () => ({ configVersion: await directory.version() }));

  async function order(limit: LimitName, given: MeterOrder, tools: Tools): Promise<MeterState> {
    const envelope = byHub(by, `${given.use}.${limit}.${given.type}`, clock.now(), false, given.use);
    const dispatched: Dispatched<MeterState, { readonly type: string }> = await streams.dispatch(
      meterStream(limit),
      { ...envelope, ...given },
    );
    if (dispatched.outcome !== "done") throw new Error(`${meterStream(limit)} did not take ${given.type}`);
    if (dispatched.events.some(({ type }) => type === "LimitAlarmed")) {
      tools.log.error("limit reached: the operator is alarmed", { limit, use: given.use });
      tools.count("OperatorAlarm");
    }
    return dispatched.current.state;
  }

  return {
    async grants(limit, use, user, tools) {
      const isGranted = isCounted(await order(limit, { type: "CountUse", limit, use, user }, tools), use);
      if (!isGranted) tools.log.warn("limit refused a use", { limit, use, known: user.known });
      return isGranted;
    },
    async refuses(limit, user) {
      const { state } = await streams.load(meterStream(limit));
      return blockOf(limit, state, user, clock.now()) !== undefined;
    },
    async giveBack(limit, use, tools) {
      await order(limit, { type: "GiveBackUse", use }, tools);
    },
  };
}
