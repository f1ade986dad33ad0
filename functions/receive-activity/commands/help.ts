// What the bot understands.
import { helpOf } from "../draw.ts";
import type { Command } from "./command.ts";

export const help = (understood: () => Parameters<typeof helpOf>[0]): Command => ({
  verb: "help",
  words: ["help", "commands", "info", "what can you do", "hello", "hi"],
  takes: "nothing",
  changes: false,
  needs: "nobody",
  run: async () => helpOf(understood()),
});
