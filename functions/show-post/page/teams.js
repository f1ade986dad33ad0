// The host that frames the page, when it is Microsoft Teams. Its library never settles in anybody else's frame, and what is
// called of it before it settled hangs as well: so it is waited for once, not for long, and is not touched when it did not
// answer.

/** @typedef {typeof import("./teams-client.js")} Client */
/** @typedef {Awaited<ReturnType<Client["app"]["getContext"]>>} Context */
/**
 * @typedef {object} Host
 * @property {Client} client ready to be called
 * @property {Context | undefined} context undefined when the host does not say
 */

const second = 1000;
// Of the time since the page was asked for: what follows has to be on the screen before a reader gives up.
const patience = 3 * second;
const leastPatience = 1 * second;

/** Others frame the page as well, and on a phone Teams frames it without a frame: then its address says so. */
export const isFramed = () => window.parent !== window;
const isTold = () => ["teams", "configure"].some((word) => new URLSearchParams(location.search).has(word));

/** @type {Promise<Host | undefined> | undefined} */
let found;

/** Undefined in a window of its own, and in the frame of somebody who does not answer. */
export const teamsHost = () => {
  found ??= isFramed() || isTold() ? find() : Promise.resolve(undefined);
  return found;
};

/** @returns {Promise<Host | undefined>} */
async function find() {
  const client = await within(Math.max(leastPatience, patience - performance.now()), initialised());
  if (client === undefined) return undefined;
  client.app.notifyAppLoaded();
  return { client, context: await within(second, client.app.getContext()) };
}

async function initialised() {
  const client = await import("./teams-client.js");
  await client.app.initialize();
  return client;
}

/** What a promise brings; undefined when it fails, or brings nothing in time. */
/** @template Value @param {number} time @param {Promise<Value>} promise @returns {Promise<Value | undefined>} */
export const within = (time, promise) =>
  new Promise((done) => {
    promise.then(done, () => done(undefined));
    setTimeout(() => done(undefined), time);
  });

/** The page looks as Teams does, also when that changes. @param {Host} host */
export function followTheme({ client, context }) {
  /** @param {string} name */
  const wear = (name) => {
    const known = ["default", "dark", "contrast"].includes(name);
    document.documentElement.dataset["theme"] = known ? name : "default";
  };
  wear(context?.app.theme ?? "default");
  client.app.registerOnThemeChangeHandler(wear);
}

/** The address of the incident that a link into the tab is about. @param {Host} host */
export const deepLink = ({ context }) => addressOf(context?.page.subPageId);

/** @param {Host} host @param {(address: string) => void} go */
export const onDeepLink = ({ client }, go) =>
  client.app.registerOnContextChangeHandler((context) => {
    // Hosts send this one in the form that they had before the library's second version.
    const raw = /** @type {{ page?: { subPageId?: string }, subEntityId?: string }} */ (context);
    const address = addressOf(raw.page?.subPageId ?? raw.subEntityId);
    if (address !== undefined) go(address);
  });

/** @param {string | undefined} incident */
const addressOf = (incident) =>
  incident === undefined || incident === "" ? undefined : `/incidents/${encodeURIComponent(incident)}`;

/** Teams shows the link, to be copied or sent. @param {Host} host @param {string} incident @param {string} title */
export const share = ({ client }, incident, title) =>
  client.pages.shareDeepLink({
    subPageId: incident,
    subPageLabel: title,
    subPageWebUrl: `${location.origin}/incidents/${encodeURIComponent(incident)}`,
  });

/** From a channel's tab to the same incident in the person's own app. @param {Host} host */
export function ownApp({ client, context }) {
  const appId = context?.app.appId;
  if (appId === undefined || context?.channel === undefined) return undefined;
  return (/** @type {string} */ incident) =>
    client.pages.navigateToApp({ appId, pageId: "incidents", subPageId: incident });
}
