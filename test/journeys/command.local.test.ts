// Nights on which a response is commanded, on one machine.
import { aWorld } from "../support/world.ts";
import { commandNights } from "./command-nights.ts";

commandNights(aWorld);
