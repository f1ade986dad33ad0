// A reader's small preferences; a browser that keeps nothing (a tab inside another page) costs only the preference.

/** @param {string} name */
export function kept(name) {
  try {
    return localStorage.getItem(`muster.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(`muster.${name}`, value);
  } catch {
    // Storage is refused: the choice holds until the page is left.
  }
}
