// Nights on which people call the hub's own number, on one machine.
import { aWorld } from "../support/world.ts";
import { lineNights } from "./line-nights.ts";

lineNights(aWorld);
