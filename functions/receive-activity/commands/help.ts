// What the bot understands.
import type { Person } from "../../core/organisation.ts";
import { type HelpLine, helpOf } from "../draw.ts";
import type { House } from "../house.ts";
import type { Command } from "./command.ts";

type Lines = (house: House, person: Person | undefined) => Promise<readonly HelpLine[]>;

export const help = (understood: Lines): Command => ({
  verb: "help",
  words: ["help", "commands", "info", "what can you do", "hello", "hi"],
  takes: "nothing",
  changes: false,
  needs: "nobody",
  run: async (house, { who }) => helpOf(await understood(house, who.person)),
});
