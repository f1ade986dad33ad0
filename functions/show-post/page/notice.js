// A page that can't be shown says why, and offers the ways on.
import { h } from "./dom.js";

/** @typedef {readonly [label: string, go: () => void]} Way */

/** @param {string} what @param {string} why @param {...Way} ways */
export const notice = (what, why, ...ways) =>
  h(
    "section",
    { class: "notice", role: "alert" },
    h("h1", { tabindex: -1 }, what),
    h("p", {}, h("bdi", {}, why)),
    ways.length > 0 &&
      h(
        "div",
        { class: "ways-on" },
        ways.map(([label, go]) =>
          h("button", { key: label, type: "button", class: "small", onclick: go }, label),
        ),
      ),
    h("p", { class: "dim" }, "Pages can be answered by phone meanwhile: they need no browser."),
  );
