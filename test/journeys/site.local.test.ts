// Nights without the chat, on one machine.
import { aWorld } from "../support/world.ts";
import { siteNights } from "./site-nights.ts";

siteNights(aWorld);
