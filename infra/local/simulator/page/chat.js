// The chat where responders meet: it is broken and mended here, and whoever works on an incident moves to the phone.
const address = "/simulator/chat";
const button = /** @type {HTMLButtonElement} */ (document.getElementById("chat"));

/** @param {string} path @param {RequestInit} [options] */
async function ask(path, options) {
  try {
    const response = await fetch(address + path, { cache: "no-store", ...options });
    const { mode } = await response.json();
    if (!response.ok) return;
    const isDown = mode !== "well";
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDown));
    button.title = isDown
      ? "The chat can't be reached. The hub notices within two minutes and a half"
      : "Breaks the chat: two who work on an incident then meet on the phone";
  } catch {
    // The phones' own banner tells that the simulator does not answer.
  }
}

button.onclick = () => {
  const mode = button.getAttribute("aria-pressed") === "true" ? "well" : "off";
  void ask("/mode", { method: "POST", body: JSON.stringify({ mode }) });
};
void ask("");
