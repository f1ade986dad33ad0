// What goes wrong, on purpose: scripted per number or for everybody, each a bounded number of times.
import * as z from "zod";

const aimed = {
  /** E.164; left out: whoever is next. */
  to: z.string().optional(),
  times: z.int().min(1).max(100_000).default(1),
};

const delay = z.int().min(0).max(120_000);

export const faultSchema = z.discriminatedUnion("kind", [
  // Of the request.
  z.strictObject({
    ...aimed,
    kind: z.literal("status"),
    status: z.int().min(300).max(599),
    code: z.int().optional(),
  }),
  /** A gateway's page instead of Twilio's JSON. */
  z.strictObject({ ...aimed, kind: z.literal("html"), status: z.int().min(400).max(599) }),
  z.strictObject({ ...aimed, kind: z.literal("reset-before") }),
  /** Neither taken nor answered. */
  z.strictObject({ ...aimed, kind: z.literal("silent-before") }),
  /** Taken, and then the connection breaks before the answer. */
  z.strictObject({ ...aimed, kind: z.literal("reset-after") }),
  /** Taken, and never answered: whoever waits runs into its own time limit. */
  z.strictObject({ ...aimed, kind: z.literal("silent-after") }),
  z.strictObject({ ...aimed, kind: z.literal("slow"), ms: delay }),
  // Of the way to the phone.
  z.strictObject({ ...aimed, kind: z.literal("undelivered"), code: z.int().default(30003) }),
  z.strictObject({ ...aimed, kind: z.literal("failed"), code: z.int().default(30008) }),
  /** Waits in the provider's queue. */
  z.strictObject({ ...aimed, kind: z.literal("queued"), ms: delay }),
  /** Of the hub's answer to a call with that phone: it can't be had, and the call is led to its fallback. */
  z.strictObject({ ...aimed, kind: z.literal("hub-down") }),
  // Of the reports.
  z.strictObject({ ...aimed, kind: z.literal("reports-late"), ms: delay }),
  z.strictObject({ ...aimed, kind: z.literal("reports-lost") }),
  z.strictObject({ ...aimed, kind: z.literal("reports-doubled") }),
  z.strictObject({ ...aimed, kind: z.literal("reports-reordered") }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultScript = z.input<typeof faultSchema>;

const most = 1_000;

interface Aimed {
  readonly kind: string;
  readonly to?: string | undefined;
  readonly times: number;
}

export function faultScript<Some extends Aimed = Fault>() {
  let waiting: { readonly fault: Some; left: number }[] = [];
  return {
    add(faults: readonly Some[]): void {
      waiting = [...waiting, ...faults.map((fault) => ({ fault, left: fault.times }))].slice(-most);
    },
    clear(): void {
      waiting = [];
    },
    list: (): readonly Some[] => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    /** The first fault of these kinds that is meant for this number, used up by one. */
    next<Kind extends Some["kind"]>(
      to: string,
      ...kinds: readonly Kind[]
    ): Extract<Some, { kind: Kind }> | undefined {
      const found = waiting.find(
        ({ fault }) => (kinds as readonly string[]).includes(fault.kind) && (fault.to ?? to) === to,
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left === 0) waiting = waiting.filter((other) => other !== found);
      return found.fault as Extract<Some, { kind: Kind }>;
    },
  };
}

export type FaultQueue<Some extends Aimed = Fault> = ReturnType<typeof faultScript<Some>>;
