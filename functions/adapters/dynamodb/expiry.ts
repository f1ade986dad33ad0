// When an item may go. DynamoDB deletes it some days after its time, so nothing here relies on it being gone.
import { hours, type Instant } from "../../core/time.ts";

const days = (n: number): number => hours(24 * n);

/** Longer than any queue keeps a message, with room for a redrive: for causes and leases. */
export const memory = days(30);
/** What an alert said in full. */
export const detailKept = days(30);

/** In the seconds that the table's expiry counts. */
export const expiryOf = (at: Instant): number => Math.ceil(at / 1000);
