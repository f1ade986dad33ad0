// A page that can't be shown says why, and offers one way on.
import { h } from "./dom.js";

/** @param {string} what @param {string} why @param {string} wayOn @param {() => void} go */
export const notice = (what, why, wayOn, go) =>
  h(
    "section",
    { class: "notice", role: "alert" },
    h("h1", { tabindex: -1 }, what),
    h("p", {}, h("bdi", {}, why)),
    h("button", { type: "button", class: "small", onclick: go }, wayOn),
    h("p", { class: "dim" }, "Pages can be answered by phone meanwhile: they need no browser."),
  );
