// Names taken and given back inside a commit: one write a name, whatever the decision did with it on the way.
import type { ClaimChange, StreamId } from "../../core/aggregate.ts";
import type { Instant } from "../../core/time.ts";
import { expiryOf } from "./expiry.ts";
import { claimKey } from "./keys.ts";
import type { Write } from "./transaction.ts";

interface Changes {
  readonly stream: StreamId;
  readonly claims: readonly ClaimChange[];
  readonly at: Instant;
}

export interface ClaimPart {
  readonly name: "take" | "release";
  readonly claim: ClaimChange;
  readonly write: Write;
}

/** Free, our own, or given back by its holder and now past its rest. */
const mayTake = "attribute_not_exists(#pk) OR #holder = :holder OR #until <= :now";
const ours = "#holder = :holder";

export function claimWrites(commit: Changes): readonly ClaimPart[] {
  const last = new Map<string, { claim: ClaimChange; taken: ClaimChange | undefined }>();
  for (const claim of commit.claims) {
    const before = last.get(claim.key);
    last.set(claim.key, { claim, taken: claim.change === "take" ? claim : before?.taken });
  }
  return [...last.values()].flatMap(({ claim, taken }) => {
    if (claim.change === "take") return [take(commit, claim, claim.until)];
    if (taken === undefined) return [release(commit, claim)];
    // Taken and given back in one decision: what remains of it is its rest.
    return claim.until === undefined ? [] : [take(commit, taken, claim.until)];
  });
}

function take({ stream, at }: Changes, claim: ClaimChange, until: Instant | undefined): ClaimPart {
  const item = { ...claimKey(claim.key), holder: stream, detail: claim.detail, ...rest(until) };
  const values = { ":holder": stream, ":now": at };
  return { name: "take", claim, write: { kind: "put", item, condition: mayTake, values } };
}

function release({ stream }: Changes, claim: ClaimChange): ClaimPart {
  const key = claimKey(claim.key);
  const values = { ":holder": stream };
  if (claim.until === undefined)
    return { name: "release", claim, write: { kind: "delete", key, condition: ours, values } };
  const detail = claim.detail === undefined ? {} : { detail: claim.detail };
  const change = { set: { ...detail, ...rest(claim.until) }, condition: ours, values };
  return { name: "release", claim, write: { kind: "update", key, change } };
}

const rest = (until: Instant | undefined): { until?: Instant; expires?: number } =>
  until === undefined ? {} : { until, expires: expiryOf(until) };
