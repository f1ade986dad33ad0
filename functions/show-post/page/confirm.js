// One question at a time, in the browser's own dialog: Escape says no, and focus goes back to where it was.

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} question @param {string} meaning @param {string} yes @returns {Promise<boolean>} */
export function confirmed(question, meaning, yes) {
  const dialog = /** @type {HTMLDialogElement} */ (part("confirm"));
  if (dialog.open) return Promise.resolve(false);
  part("confirm-question").textContent = question;
  part("confirm-meaning").textContent = meaning;
  part("confirm-yes").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  part("confirm-yes").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
