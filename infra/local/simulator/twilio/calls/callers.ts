// How somebody behaves who calls the hub: what is pressed on hearing what, what is said after the tone, and what number is
// shown.
import * as z from "zod";
import { isNumber } from "../messages-api.ts";
import { pressSchema } from "./callees.ts";

const utteranceSchema = z
  .union([
    z.string().min(1).max(500),
    z.strictObject({
      text: z.string().min(1).max(500),
      ms: z.int().min(0).max(600_000).default(2_000),
      hangsUp: z.boolean().default(false),
    }),
  ])
  .transform((said) => (typeof said === "string" ? { text: said, ms: 2_000, hangsUp: false } : said));

export const callerSchema = z.strictObject({
  to: z.string().refine(isNumber, "not a number in E.164").optional(),
  /** In place of the phone's own number: "anonymous", or whatever somebody forges. */
  shows: z.string().max(100).optional(),
  presses: z.array(pressSchema).max(20).optional(),
  /** One after the other, each when it is taken down; when there is no more: silence. Left out: something each time. */
  says: z.array(utteranceSchema).max(20).optional(),
  hangsUpIn: z.int().min(0).max(3_600_000).optional(),
});

export type CallerScript = z.input<typeof callerSchema>;
