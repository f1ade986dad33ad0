// Teams' side of what its library says between the windows: requests come with a number and are answered by it; what
// happens in the host comes without being asked for. After the library's own source, version 2.58.

/**
 * @typedef {object} Request
 * @property {number} id
 * @property {string} [uuidAsString]
 * @property {string} func
 * @property {unknown[]} [args]
 */
/**
 * @typedef {object} Scene what Teams would know, and how well it is
 * @property {string} theme
 * @property {string} who
 * @property {string} incident
 * @property {string} place
 * @property {string} token
 * @property {string} host
 */

/** What this host can do, in the form of the library's fourth runtime. */
const runtime = JSON.stringify({
  apiVersion: 4,
  hostVersionsInfo: {},
  isLegacyTeams: false,
  supports: { pages: { config: {}, appButton: {}, backStack: {}, tabs: {} } },
});
const version = "2.0.1";
export const simulatedApp = "6f0c1f6e-0000-4000-8000-7461622d6170";

/** @param {Scene} scene */
const frameContext = ({ place }) => (place === "settings" ? "settings" : "content");

/** @param {Scene} scene */
const contextOf = (scene) => ({
  entityId: "incidents",
  frameContext: frameContext(scene),
  hostName: "Teams",
  hostClientType: "web",
  locale: "en-gb",
  theme: scene.theme,
  subEntityId: scene.incident,
  appId: simulatedApp,
  userObjectId: "",
  userPrincipalName: scene.who,
  tid: "6f0c1f6e-0000-4000-8000-74656e616e74",
  ...(scene.place === "personal" ? {} : { channelId: "19:incidents@thread.tacv2", channelName: "Incidents" }),
});

/** The answer's arguments; undefined where Teams answers nothing. @param {Request} request @param {Scene} scene */
function answerTo({ func }, scene) {
  switch (func) {
    case "initialize":
      return [frameContext(scene), "web", runtime, version];
    case "getContext":
      return scene.host === "no-context" ? undefined : [contextOf(scene)];
    case "authentication.getAuthToken":
      if (scene.token === "silent") return undefined;
      return scene.token === "given" ? [true, scene.who] : [false, scene.token];
    case "settings.setSettings":
    case "pages.navigateToApp":
      return [true];
    default:
      return undefined;
  }
}

/**
 * @param {HTMLIFrameElement} frame
 * @param {() => Scene} scene
 * @param {(request: Request) => void} heard
 */
export function teamsAround(frame, scene, heard) {
  /** @type {string | undefined} */
  let tab;
  /** @param {unknown} message */
  const tell = (message) => {
    if (tab !== undefined) frame.contentWindow?.postMessage(message, tab);
  };
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || typeof data?.func !== "string") return;
    const request = /** @type {Request} */ (data);
    tab = origin;
    heard(request);
    const args = scene().host === "silent" ? undefined : answerTo(request, scene());
    if (args !== undefined) tell({ id: request.id, uuidAsString: request.uuidAsString, args });
  });
  return {
    themeChanges: () => tell({ func: "themeChange", args: [scene().theme] }),
    contextChanges: () => tell({ func: "contextChange", args: [contextOf(scene())] }),
    isSaved: () => tell({ func: "settings.save", args: [{}] }),
  };
}
