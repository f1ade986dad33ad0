// What goes wrong at the second carrier, on purpose: per number or for everybody, each a bounded number of times.
import * as z from "zod";

const aimed = {
  /** E.164; left out: whoever is next. */
  to: z.string().optional(),
  times: z.int().min(1).max(100_000).default(1),
};

export const carrierFaultSchema = z.discriminatedUnion("kind", [
  // Of the request.
  z.strictObject({ ...aimed, kind: z.literal("throttled") }),
  /** One of the service's own errors, with its reason. */
  z.strictObject({
    ...aimed,
    kind: z.literal("refused"),
    error: z.enum([
      "AccessDeniedException",
      "ConflictException",
      "ResourceNotFoundException",
      "ServiceQuotaExceededException",
      "ValidationException",
    ]),
    reason: z.string().optional(),
  }),
  z.strictObject({ ...aimed, kind: z.literal("status"), status: z.int().min(500).max(599) }),
  /** A gateway's page instead of the service's JSON. */
  z.strictObject({ ...aimed, kind: z.literal("html"), status: z.int().min(400).max(599) }),
  z.strictObject({ ...aimed, kind: z.literal("reset-before") }),
  /** Taken, and then the connection breaks before the answer. */
  z.strictObject({ ...aimed, kind: z.literal("reset-after") }),
  /** Taken, and never answered. */
  z.strictObject({ ...aimed, kind: z.literal("silent-after") }),
  // Of the way to the phone, and of the events.
  z.strictObject({
    ...aimed,
    kind: z.literal("undelivered"),
    event: z.string().default("TEXT_UNREACHABLE"),
  }),
  z.strictObject({ ...aimed, kind: z.literal("events-lost") }),
  z.strictObject({ ...aimed, kind: z.literal("events-doubled") }),
]);

export type CarrierFault = z.infer<typeof carrierFaultSchema>;
export type CarrierFaultScript = z.input<typeof carrierFaultSchema>;
