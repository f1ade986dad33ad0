// Nights in which Twilio fails, on one machine.
import { vi } from "vitest";
import { aWorld } from "../support/world.ts";
import { failoverNights } from "./failover-nights.ts";

vi.setConfig({ testTimeout: 300_000 });

failoverNights(aWorld);
