// The phone bridge: how to get in, who is in the room, who is being called, and what whoever is in command may do there.
import { bridgeActs } from "./bridge-acts.js";
import { callersPart, waitingPart } from "./bridge-callers.js";
import { h } from "./dom.js";
import { brief } from "./said.js";
import { at } from "./times.js";
import { mayOrder } from "./viewer-part.js";
import { bridgeReason, counted, names } from "./words.js";

/** @import { Bridge, Incident } from "./wire.d.ts" */
/** @import { BridgeActs } from "./bridge-acts.js" */
/** @import { Act } from "./main.js" */

/** Four digits are read at once; six are not. @param {string} pin */
const grouped = (pin) => pin.replace(/(\d{3})(?=\d)/g, "$1\u2009");

/** @param {string} number */
const dialled = (number) => (/^\+\d+$/.test(number) ? h("a", { href: `tel:${number}` }, number) : number);

/** @param {Bridge} bridge */
const wayIn = ({ number, pin, recorded }) =>
  h(
    "dl",
    { class: "way-in" },
    number !== undefined && h("div", {}, h("dt", {}, "Dial"), h("dd", {}, dialled(brief(number, 40)))),
    pin !== undefined &&
      h(
        "div",
        {},
        h("dt", {}, "PIN"),
        h("dd", { class: "pin", "aria-label": brief(pin, 12).split("").join(" ") }, grouped(brief(pin, 12))),
      ),
    recorded === true && h("div", {}, h("dt", {}, "Recording"), h("dd", { class: "recorded" }, "on")),
  );

/** @param {Bridge} bridge @param {BridgeActs} acts @param {boolean} live @param {boolean} orders */
const calling = ({ callIns, state }, acts, live, orders) => {
  const under = callIns.filter((each) => each.state === "wanted" || each.state === "handed");
  const newest = new Map(callIns.map((each) => [each.person.id, each]));
  const failed = [...newest.values()].filter((each) => each.state === "failed");
  if (state !== "open" || !live || under.length + failed.length === 0) return undefined;
  return h(
    "ul",
    { class: "call-ins", "aria-label": "Calls into the room" },
    under.map((each) =>
      h(
        "li",
        { key: each.id },
        h("b", {}, h("bdi", {}, brief(each.person.name, 60))),
        h("span", { class: "pill" }, "is being called"),
        h("span", { class: "dim" }, "since ", at(each.at)),
      ),
    ),
    failed.map((each) =>
      h(
        "li",
        { key: each.id, class: "failed" },
        h("b", {}, h("bdi", {}, brief(each.person.name, 60))),
        h("span", { class: "pill" }, "did not come"),
        orders && acts.again(each.person),
      ),
    ),
  );
};

/** @param {Incident} incident @param {Bridge} bridge */
function sentence({ endedAt }, { state, reason, returning, since, callers }) {
  const inside = callers.filter(({ presence }) => presence === "in").length;
  switch (state) {
    case "none":
      return "No phone bridge is open. It is the room to meet in when the chat is not there.";
    case "wanted":
      return [
        `The bridge is being opened: ${brief(bridgeReason(reason ?? ""))}. Its number and PIN come in a moment.`,
      ];
    case "ended":
      return ["The bridge ended ", since === undefined ? "" : at(since), ". Its PIN opens nothing any more."];
    default:
      if (endedAt !== undefined) return "";
      return returning
        ? `Everybody is called back to the chat; ${inside === 0 ? "nobody is" : `${counted(inside, "caller")} still`} in the room.`
        : [`Open: ${brief(bridgeReason(reason ?? ""))}, since `, since === undefined ? "" : at(since), "."];
  }
}

/** @param {string} id @param {Act} act */
export function bridgePanel(id, act) {
  const acts = bridgeActs(id, act);
  /** @param {Incident} incident */
  const draw = (incident) => {
    const { bridge } = incident;
    const live = incident.endedAt === undefined;
    // An incident that ended without one has nothing to tell here.
    if (bridge === undefined || (bridge.state === "none" && !live)) return undefined;
    const commander = bridge.commander?.name;
    return h(
      "section",
      { key: "bridge", class: `part bridge ${bridge.state}`, "aria-labelledby": "bridge-heading" },
      h("h2", { id: "bridge-heading" }, "Phone bridge"),
      h("p", { class: "bridge-state" }, sentence(incident, bridge)),
      bridge.state === "open" && wayIn(bridge),
      live && waitingPart(bridge, acts, id, act),
      callersPart(bridge, acts, id, act),
      calling(bridge, acts, live, mayOrder(incident.you)),
      live && mayOrder(incident.you) && acts.draw(bridge),
      live &&
        bridge.state === "open" &&
        !bridge.you.inCommand &&
        commander !== undefined &&
        h("p", { class: "dim" }, `${names([commander])} is in command of the room.`),
    );
  };
  return { draw, shortcuts: acts.shortcuts };
}
