// Says how an incident stands: conditions, actions, needs.
import { order, textsOf } from "../order.ts";

const parts = ["conditions", "actions", "needs"] as const;

export const report = order("report", "report how it stands: conditions, actions, needs", "reported", {
  options: {
    conditions: { type: "string", help: "what it is like" },
    actions: { type: "string", help: "what is being done" },
    needs: { type: "string", help: "what is missing" },
  },
  details: ["At least one of the three, each of at most 500 characters."],
  fields(values) {
    const said = textsOf(values, parts);
    return Object.keys(said).length > 0
      ? { said }
      : { wrong: "report: say --conditions, --actions or --needs; muster report --help says more" };
  },
});
