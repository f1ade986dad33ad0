// Takes an incident: whoever holds the token owns it from now on.
import { order } from "../order.ts";

export const ack = order("acknowledge", "take an incident: you have it, the others are told", "acknowledged");
