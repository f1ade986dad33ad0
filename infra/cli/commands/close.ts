// Closes a declared incident.
import { order } from "../order.ts";

export const close = order("close", "close a declared incident: everybody is released", "closed", {
  details: ["What was never declared is stood down: muster resolve."],
});
