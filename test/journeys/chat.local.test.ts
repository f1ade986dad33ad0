// Nights in the chat, on one machine.
import { aWorld } from "../support/world.ts";
import { chatCrowd, chatNights } from "./chat-nights.ts";

chatNights(aWorld);
chatCrowd(aWorld);
