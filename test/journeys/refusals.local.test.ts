// Nights on which a carrier refuses somebody, on one machine.
import { aWorld } from "../support/world.ts";
import { refusalNights } from "./refusal-nights.ts";

refusalNights(aWorld);
