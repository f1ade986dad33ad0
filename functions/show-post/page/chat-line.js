// Says on every view that the chat is gone, for as long as it is: whoever waits there waits for nothing.
import { h, render } from "./dom.js";
import { poll } from "./poll.js";
import { clockTime } from "./times.js";

/** @import { Authorization } from "./api.js" */

const often = 30_000;

/** @param {HTMLElement} place @param {Authorization} authorization */
export const watchChat = (place, authorization) =>
  poll({
    path: "/api/chat",
    authorization,
    every: () => often,
    fresh(news) {
      const { since } = /** @type {{ reachable: boolean, since?: string }} */ (news);
      render(
        place,
        since !== undefined && [
          h("b", {}, "The chat can't be reached"),
          ` since ${clockTime(Date.parse(since))}. Whoever works together meets on the phone.`,
        ],
      );
    },
    // The view itself says what is wrong with the sign-in or the line.
    refused: () => undefined,
    line: () => undefined,
  });
