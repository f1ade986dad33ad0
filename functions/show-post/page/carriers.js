// One line where a carrier of texts and calls is not well: pages go another way then, and whoever looks may wonder.
import { read } from "./api.js";
import { h, render } from "./dom.js";
import { plain } from "./said.js";

/** @import { Authorization } from "./api.js" */
/** @import { Provider } from "./wire.d.ts" */

const every = 15_000;

/** Asked rarely, and silent about its own troubles: the page says already when the hub does not answer. */
/** @param {HTMLElement} place @param {Authorization} authorization */
export function watchCarriers(place, authorization) {
  const ask = async () => {
    if (document.visibilityState === "visible") {
      const answer = await read("/api/providers?refusals=no", undefined, authorization);
      if (answer.kind === "fresh") draw(/** @type {{ providers: Provider[] }} */ (answer.body).providers);
    }
    setTimeout(() => void ask(), every);
  };
  /** @param {Provider[]} providers */
  const draw = (providers) =>
    render(
      place,
      providers
        .filter(({ state }) => state !== "well")
        .map(({ id, name, text }) => h("p", { key: id }, h("b", {}, plain(name)), ` ${plain(text)}`)),
    );
  void ask();
}
