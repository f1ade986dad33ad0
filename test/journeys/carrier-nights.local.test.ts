// Nights without Twilio on one machine.
import { aWorld } from "../support/world.ts";
import { carrierNights } from "./carrier-nights.ts";

carrierNights(aWorld);
