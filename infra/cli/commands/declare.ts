// Declares an incident: it gets a codename, and from then on it ends by order alone.
import { order, textsOf } from "../order.ts";

export const declare = order(
  "declare",
  "declare an incident: it gets a codename and is commanded",
  "declared",
  {
    options: {
      synopsis: {
        type: "string",
        help: "one sentence that says what is wrong (the alert's title where it is left out)",
      },
      sensitive: { type: "boolean", help: "nothing of it stands where everybody can read it" },
    },
    details: ["Monitoring's all-clear does not end it any more: muster close does."],
    fields: (values) => ({
      said: { ...textsOf(values, ["synopsis"]), ...(values.flag("sensitive") ? { sensitive: true } : {}) },
    }),
  },
);
