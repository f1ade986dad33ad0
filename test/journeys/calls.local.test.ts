// Nights on call by phone, on one machine.
import { aWorld } from "../support/world.ts";
import { callNights } from "./call-nights.ts";

callNights(aWorld);
