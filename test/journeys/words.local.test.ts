// Nights of typed words, on one machine.
import { aWorld } from "../support/world.ts";
import { wordNights } from "./word-nights.ts";

wordNights(aWorld);
