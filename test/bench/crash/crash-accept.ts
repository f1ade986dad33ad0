// Killed at random: what was accepted is paged, and what is paged twice says so.
import type { Benchmark } from "../benchmark.ts";
import { median, shown } from "../load/figures.ts";
import { crashRun } from "./crash-run.ts";

export const crashAccept: Benchmark = {
  title: "Killed at random while alerts pour in",
  async run({ rounds = 20, quick, say }) {
    const perSecond = 150;
    const outcome = await crashRun({ rounds: quick ? 5 : rounds, perSecond, toTheEnd: true, say });
    const { withoutIncident, withoutPage, unexplained, doubled, uncertain } = outcome;
    return {
      tables: [
        {
          title: `kill -9 at random moments, about ${perSecond} alerts a second, each an incident of its own`,
          columns: ["kills", "accepted", "sent again", "texts", "lost", "in doubt", "doubled", "start, ms"],
          rows: [
            [
              outcome.kills,
              outcome.accepted,
              outcome.sentAgain,
              outcome.texts,
              withoutPage.length,
              uncertain,
              doubled,
              shown(median(outcome.restarts)),
            ],
          ],
        },
      ],
      gates: [
        { name: "accepted alerts without an incident", value: withoutIncident.length, atMost: 0 },
        { name: "accepted alerts without a page", value: withoutPage.length, atMost: 0 },
        { name: "doubled pages beyond those in doubt at a kill", value: doubled - uncertain, atMost: 0 },
        { name: "doubled pages that the timeline does not explain", value: unexplained.length, atMost: 0 },
      ],
    };
  },
};
