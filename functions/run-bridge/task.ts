// What is to be done in a room, and what there is to do it with.
import type { StreamId } from "../core/aggregate.ts";
import type { EventRef } from "../core/bus.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import type { Incident } from "../core/incident/state.ts";
import type { Tools } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

export type House = PortsOf<"run-bridge">;

/** What is to be done, with the incident as it stands now. */
export interface Task {
  readonly stream: StreamId;
  readonly incident: Incident;
  readonly epoch: number;
  /** The name of the control or announcement in its incident. */
  readonly ref: string;
  readonly at: EventRef;
  readonly tools: Tools;
  readonly order: (given: IncidentOrder) => Promise<unknown>;
}
