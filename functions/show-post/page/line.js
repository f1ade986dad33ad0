// Says whether what is on the screen can be trusted: a quiet dot while it is live, a loud band when it is old.
import { h, render } from "./dom.js";
import { clockTime, lasted } from "./times.js";

/** @import { Line } from "./poll.js" */

/** @param {HTMLElement} banner @param {HTMLElement} live */
export function connection(banner, live) {
  /** @type {Line} */
  let now = { heardAt: undefined, trouble: undefined, lost: false };

  function tick() {
    const { heardAt, trouble, lost } = now;
    document.documentElement.toggleAttribute("data-lost", lost);
    render(
      live,
      h("span", { class: "dot" }),
      lost ? "Not live" : heardAt === undefined ? "Connecting" : "Live",
    );
    // The words stay the same while the trouble lasts, so that they are read out once; the age stands beside them.
    render(
      banner,
      lost && [
        h("p", {}, h("b", {}, "Connection lost"), `: ${trouble ?? "no answer"}. `, updated(heardAt)),
        heardAt !== undefined &&
          h("p", { "aria-hidden": "true" }, `What you see is ${lasted(Date.now() - heardAt)} old.`),
      ],
    );
  }

  return {
    tick,
    /** @param {Line} line */
    set(line) {
      now = line;
      tick();
    },
  };
}

/** @param {number | undefined} heardAt */
const updated = (heardAt) =>
  heardAt === undefined ? "Nothing has been received yet." : `Last updated ${clockTime(heardAt)}.`;
