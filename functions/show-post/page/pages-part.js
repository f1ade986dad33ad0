// Who was asked, by which way, and what became of it.
import { h } from "./dom.js";
import { brief, said } from "./said.js";
import { at } from "./times.js";
import { channelWord, counted, deliveryWord, many, pageWord } from "./words.js";

/** @import { Delivery, Incident, Page } from "./wire.d.ts" */

/** @param {Delivery} delivery */
const way = (delivery) =>
  h(
    "li",
    { class: `way ${delivery.state}` },
    h("b", {}, channelWord(delivery.channel)),
    " ",
    h("span", { class: "became" }, deliveryWord(delivery.state)),
    " ",
    at(delivery.at),
    delivery.reason !== undefined && h("span", { class: "reason" }, said(delivery.reason, 200)),
  );

/** @param {Page} page */
const person = (page) =>
  h(
    "li",
    { key: page.id, class: `page ${page.state}` },
    h("b", { class: "name" }, h("bdi", {}, brief(page.person.name, 80))),
    h("span", { class: "pill" }, pageWord(page.state)),
    h(
      "span",
      { class: "dim" },
      page.cause === "catch-all" ? "last resort" : `level ${page.level + 1}`,
      ", code ",
      page.code !== undefined && h("code", {}, page.code),
      ", ",
      at(page.openedAt),
    ),
    h("ul", { class: "ways" }, page.deliveries.map(way)),
  );

/** @param {Page[]} pages */
function summary(pages) {
  const open = pages.filter((page) => page.state === "open").length;
  return `${counted(pages.length, "page")}, ${open === 0 ? "none" : open} waiting for an answer`;
}

/** The newest first: they are the ones that ring. @param {Incident} incident */
export const pagesPart = ({ pages }) =>
  h(
    "section",
    { key: "pages", class: "part", "aria-labelledby": "pages-heading" },
    h("h2", { id: "pages-heading" }, "People paged"),
    h("p", { class: "dim" }, pages.length === 0 ? "Nobody has been paged." : summary(pages)),
    h("ul", { class: `pages ${many(pages)}` }, pages.toReversed().map(person)),
  );
