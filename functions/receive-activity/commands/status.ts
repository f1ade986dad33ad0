// How it stands: one incident, or all that are open.
import { incidentCardOf, listOf } from "../draw.ts";
import type { Command } from "./command.ts";

export const status: Command = {
  verb: "status",
  words: ["status", "whats up", "what is up", "how is it", "how does it stand", "show"],
  takes: "incident",
  changes: false,
  help: { typed: "status", does: "shows the incident, or all that are open" },
  needs: "nothing",
  run: (house, asked, about) =>
    about === undefined ? listOf(house, asked) : incidentCardOf(house, asked, about.stream, about.incident),
};

export const list: Command = {
  verb: "list",
  words: ["list", "open incidents", "incidents", "all incidents"],
  takes: "nothing",
  changes: false,
  needs: "nothing",
  run: (house, asked) => listOf(house, asked),
};
