// Nights with cards, on one machine.
import { aWorld } from "../support/world.ts";
import { cardNights } from "./card-nights.ts";

cardNights(aWorld);
