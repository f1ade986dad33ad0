// Reads changes out to those who listen instead of look; one region, emptied in time, so that nothing is read twice.
import { h, render } from "./dom.js";

let count = 0;
/** @type {{ key: number, text: string }[]} */
let lines = [];

/** @param {string} text */
export function announce(text) {
  const line = { key: ++count, text };
  lines = [...lines, line].slice(-8);
  draw();
  setTimeout(() => {
    lines = lines.filter((other) => other !== line);
    draw();
  }, 10_000);
}

function draw() {
  const region = document.getElementById("announcer");
  if (region)
    render(
      region,
      lines.map(({ key, text }) => h("p", { key }, text)),
    );
}
