// Above everything else: the reader may give no orders here, why, and what to do about it.
import { h } from "./dom.js";
import { plain } from "./said.js";

/** @import { Incident, You } from "./wire.d.ts" */

/** @param {You | undefined} you an older hub says nothing of it, and refuses by itself */
export const mayOrder = (you) => you?.mayOrder !== false;

/** @param {You | undefined} you @param {Incident} [incident] */
export function viewerPart(you, incident) {
  if (you === undefined || mayOrder(you)) return undefined;
  if (you.identityLine !== undefined) return accountPart(you, you.identityLine);
  return (
    incident?.endedAt === undefined &&
    h(
      "section",
      { key: "viewer", class: "viewer", "aria-labelledby": "viewer-heading" },
      h("h2", { id: "viewer-heading" }, "You are not part of this incident."),
      h(
        "p",
        {},
        "It is sensitive. To see more and to give orders, ask the person who has it to page you or to call you in.",
      ),
    )
  );
}

/** @param {You} you @param {string} line */
const accountPart = ({ name }, line) =>
  h(
    "section",
    { key: "viewer", class: "viewer", "aria-labelledby": "viewer-heading" },
    h("h2", { id: "viewer-heading" }, "You can look, and give no orders."),
    h(
      "p",
      {},
      "You are signed in as ",
      h("b", {}, h("bdi", {}, plain(name ?? ""))),
      ", which belongs to no person of Muster's config. Ask the operator to add this line to your entry under people in muster.yaml:",
    ),
    h("pre", { tabindex: 0, "aria-label": "Line for muster.yaml" }, h("code", {}, line)),
    h("p", {}, "If you were paged, answer by phone or text: that works without it."),
  );
