// What an update has at hand, and the incident as it shows it.
import type { StreamId } from "../core/aggregate.ts";
import type { Incident } from "../core/incident/state.ts";
import type { Done } from "../core/post/facts.ts";
import type { Step } from "../core/post/next-step.ts";
import type { Post } from "../core/post/state.ts";
import type { Posts } from "../decisions.ts";
import type { Directory } from "../directory.ts";
import type { PortsOf } from "../subscriptions.ts";

export type House = PortsOf<"update-site"> & { readonly directory: Directory; readonly posts: Posts };

export interface Shown {
  readonly stream: StreamId;
  readonly incident: Incident;
  readonly version: number;
  /** Nothing of it stands where everybody can read it. */
  readonly sensitive: boolean;
}

/** Answers what is to be recorded; undefined for what needs no record. */
export type CarryOut = (step: Step, post: Post) => Promise<Done | undefined>;
