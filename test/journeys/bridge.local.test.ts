// Nights on the phone bridge, on one machine.
import { aWorld } from "../support/world.ts";
import { bridgeNights } from "./bridge-nights.ts";

bridgeNights(aWorld);
