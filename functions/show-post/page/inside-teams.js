// What the page does only inside Teams: it looks as Teams does, opens where a link points, and hands out links.
import { announce } from "./announce.js";
import { deepLink, followTheme, ownApp, share } from "./teams.js";

/** @import { Host } from "./teams.js" */

/** Which incident the address is of. */
export function incidentShown() {
  const [, id] = /^\/incidents\/([^/]+)$/.exec(location.pathname) ?? [];
  return id === undefined ? undefined : decodeURIComponent(id);
}

const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (document.getElementById(id));

/** @param {Host} host @returns {() => void} to be called whenever the address has changed */
export function insideTeams(host) {
  followTheme(host);
  const link = deepLink(host);
  if (link !== undefined && location.pathname === "/") history.replaceState(null, "", link);
  const inOwnApp = ownApp(host);
  button("share").onclick = () => share(host, incidentShown() ?? "", document.title);
  button("own-app").onclick = () => {
    inOwnApp?.(incidentShown() ?? "").catch(() => announce("Teams does not open it."));
  };
  return () => {
    button("share").hidden = incidentShown() === undefined;
    button("own-app").hidden = incidentShown() === undefined || inOwnApp === undefined;
  };
}
