// A call that is over, among the texts of its phone.
import { lasted, transcriptOf } from "./call.js";
import { h } from "./dom.js";

/** @import { Call } from "./wire.d.ts" */

/** @param {Call} call */
function words(call) {
  const took = lasted(call, 0);
  switch (call.status) {
    case "completed":
      return call.direction === "inbound" ? `You called Muster, ${took}` : `Call, ${took}`;
    case "busy":
      return call.direction === "inbound" ? "Muster was busy" : "Declined call";
    case "no-answer":
      return "Missed call";
    case "canceled":
      return "Missed call, taken back";
    default:
      return "Failed call";
  }
}

/** @param {Call} call @param {(iso: string) => string} at */
export const pastCall = (call, at) =>
  h(
    "li",
    { key: call.sid, class: `past ${call.status}` },
    call.transcript.length === 0
      ? h("p", {}, words(call))
      : h("details", {}, h("summary", {}, words(call)), h("div", { class: "told" }, transcriptOf(call))),
    h("p", { class: "small" }, h("time", { datetime: call.at }, at(call.at))),
  );
