// Nights in which Twilio fails, on one machine.
import { vi } from "vitest";
import { aWorld } from "../support/world.ts";
import { failoverNights } from "./failover-nights.ts";

vi.setConfig({ testTimeout: 60_000 });

failoverNights(aWorld);
