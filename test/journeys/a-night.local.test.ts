// Nights on call on one machine.
import { aWorld } from "../support/world.ts";
import { nights } from "./nights.ts";

nights(aWorld);
