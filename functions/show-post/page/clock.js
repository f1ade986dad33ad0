// The hub's time of day: countdowns follow the hub, however wrong the clock of this machine is.

let ahead = 0;

export const hubNow = () => Date.now() + ahead;

/** @param {string | null} date the Date header of an answer @param {number} askedAt @param {number} heardAt */
export function setByHub(date, askedAt, heardAt) {
  const stated = Date.parse(date ?? "");
  if (Number.isNaN(stated)) return;
  // The header has whole seconds, so half of one is the best guess, and less than two seconds is no difference.
  const difference = stated + 500 - (askedAt + heardAt) / 2;
  if (Math.abs(difference - ahead) > 2000) ahead = Math.abs(difference) > 2000 ? difference : 0;
}
