// What a team's owner sees when the tab is added to a channel: there is nothing to choose, and Save works at once.
import { notice } from "./notice.js";

/** @import { Host } from "./teams.js" */

export const isTabSettings = () => new URLSearchParams(location.search).has("configure");

const tab = {
  entityId: "incidents",
  suggestedDisplayName: "Muster",
  contentUrl: `${location.origin}/?teams`,
  websiteUrl: `${location.origin}/`,
};

/** @param {Host | undefined} host */
export function tabSettings(host) {
  if (host === undefined)
    return notice("This page is for Teams", "Teams shows it when Muster is added to a channel.", [
      "All incidents",
      () => location.assign("/"),
    ]);
  const { config } = host.client.pages;
  config.registerOnSaveHandler((event) => {
    config.setConfig(tab).then(
      () => event.notifySuccess(),
      (/** @type {unknown} */ why) => event.notifyFailure(String(why)),
    );
  });
  config.setValidityState(true);
  return notice("Muster in this channel", "Everybody here sees the incidents, and may act as themselves.");
}
