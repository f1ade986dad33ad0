// How it stands: conditions, actions, needs; by the form or typed in three parts.
import { readReport } from "../../core/can-words.ts";
import { chatWords } from "../../wording/chat.ts";
import { incidentCardOf } from "../draw.ts";
import type { Command } from "./command.ts";
import { give } from "./give.ts";

export const report: Command = {
  verb: "report",
  words: ["report", "can", "can report"],
  takes: "words",
  changes: true,
  help: { typed: "report conditions / actions / needs", does: "says how it stands" },
  needs: "incident",
  async run(house, asked, about) {
    const { conditions, actions, needs } = asked.filled;
    const isForm = [conditions, actions, needs].some((part) => part !== undefined);
    const said = isForm
      ? { conditions: conditions ?? "", actions: actions ?? "", needs: needs ?? "" }
      : readReport(asked.rest);
    // The card has the form.
    if (said === undefined)
      return incidentCardOf(house, asked, about.stream, about.incident, chatWords.writeReport);
    return give(house, asked, about, { type: "Report", ...said }, () => chatWords.reported);
  },
};
