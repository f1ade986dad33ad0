// The controls around the framed tab: they set what Teams would know, and show what the tab asked for.
import { teamsAround } from "./host.js";

/** @import { Scene } from "./host.js" */

/** @template {HTMLElement} Kind @param {string} id @param {new () => Kind} kind */
function part(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`There is no ${id}`);
  return found;
}
const frame = part("tab", HTMLIFrameElement);
const controls = part("controls", HTMLFormElement);
const asked = part("asked", HTMLOListElement);

const scene = () => /** @type {Scene} */ (Object.fromEntries(new FormData(controls)));

const teams = teamsAround(frame, scene, ({ func, args = [] }) => {
  const line = document.createElement("li");
  line.textContent = `${func} ${JSON.stringify(args)}`.slice(0, 300);
  asked.prepend(line);
});

function open() {
  asked.replaceChildren();
  frame.src = scene().place === "settings" ? "/?configure" : "/?teams";
}

// A link to this page may say how it begins: ?theme=dark&who=…
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = controls.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}
controls.onsubmit = (event) => {
  event.preventDefault();
  open();
};
controls.onchange = (event) => {
  if (event.target instanceof HTMLSelectElement && event.target.name === "theme") teams.themeChanges();
};
part("link", HTMLButtonElement).onclick = teams.contextChanges;
part("save", HTMLButtonElement).onclick = teams.isSaved;
open();
