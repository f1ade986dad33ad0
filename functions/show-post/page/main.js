// Starts the command post: signs in, picks the view for the address, and keeps it true while it is looked at.
import { announce } from "./announce.js";
import { watchCarriers } from "./carriers.js";
import { watchChat } from "./chat-line.js";
import { render } from "./dom.js";
import { incidentView } from "./incident-view.js";
import { incidentShown, insideTeams } from "./inside-teams.js";
import { keep, kept } from "./keep.js";
import { connection } from "./line.js";
import { listView } from "./list-view.js";
import { notice } from "./notice.js";
import { poll } from "./poll.js";
import { plain } from "./said.js";
import { howToSignIn, signIn } from "./sign-in.js";
import { isTabSettings, tabSettings } from "./tab-settings.js";
import { isFramed, onDeepLink, teamsHost } from "./teams.js";

/** @import { Authorization } from "./api.js" */
/** @import { Child } from "./dom.js" */
/** @import { Session } from "./sign-in.js" */
/** @import { Host } from "./teams.js" */
/** @import { Way } from "./notice.js" */
/**
 * What a view may ask of the page.
 * @typedef {object} Act
 * @property {Authorization} authorization
 * @property {() => void} redraw
 * @property {() => void} pollNow
 * @property {() => void} signedOut
 * @property {(text: string) => void} announce
 */
/**
 * @template Body
 * @typedef {object} View
 * @property {string} path
 * @property {(body: Body) => boolean} live whether it can change from one second to the next
 * @property {(body: Body) => boolean} alarming whether somebody is still needed
 * @property {(body: Body) => string} title
 * @property {(body: Body) => Child} draw
 * @property {(before: Body, after: Body) => string[]} changes what to read out
 * @property {(key: string, body: Body) => boolean} [shortcuts]
 */

const second = 1000;
const idle = 5 * second;
// Longer than most sign-ins take: a reader who waits is told for what.
const unsaid = 1.5 * second;

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const main = part("main");
const line = connection(part("banner"), part("live"));

/** @type {{ leave(): void, tick(): void, key(key: string): boolean } | undefined} */
let shown;

/** @param {Session} session */
function show(session) {
  shown?.leave();
  /** @type {unknown} */
  let body;
  const draw = () => {
    if (body === undefined) return;
    render(main, view.draw(body));
    document.title = `${plain(view.title(body))} · Muster`;
    const icon = view.alarming(body) ? "/assets/icon-alarm.svg" : "/assets/icon.svg";
    if (part("icon").getAttribute("href") !== icon) part("icon").setAttribute("href", icon);
  };
  const signedOut = () =>
    void session.again().catch((/** @type {Error} */ refusal) => {
      watch.stop();
      body = undefined;
      render(main, notice("You are signed out", refusal.message, ...ways("Sign in again")));
    });
  const view = viewFor({
    authorization: session.authorization,
    redraw: draw,
    pollNow: () => watch.now(),
    signedOut,
    announce,
  });
  const watch = poll({
    path: view.path,
    authorization: session.authorization,
    every: (news) =>
      news !== undefined && view.live(news) && document.visibilityState === "visible" ? second : idle,
    fresh(news) {
      const changes = body === undefined ? [] : view.changes(body, news);
      const first = body === undefined;
      body = news;
      draw();
      if (first) main.querySelector("h1")?.focus({ preventScroll: true });
      for (const change of changes) announce(change);
    },
    refused(answer) {
      if (answer.kind === "signed-out") return signedOut();
      body = undefined;
      const what = answer.status === 404 ? "Nothing here by that name" : "Not for you";
      render(main, notice(what, plain(answer.why), ["All incidents", () => location.assign("/")]));
    },
    line: (news) => line.set(news),
  });
  shown = {
    leave: () => watch.stop(),
    tick: draw,
    key: (key) => body !== undefined && (view.shortcuts?.(key, body) ?? false),
  };
}

/** The views differ in what they show; the page hands each one only the body that its own path brought. */
/** @param {Act} act @returns {View<any>} */
function viewFor(act) {
  const id = incidentShown();
  if (id !== undefined) return incidentView(id, act);
  return listView(new URLSearchParams(location.search).get("show") === "ended");
}

/** Out of a frame that can't sign anybody in. @param {string} again @returns {Way[]} */
const ways = (again) => [
  ...(isFramed() ? [/** @type {Way} */ (["Open in a window of its own", ownWindow])] : []),
  [again, () => location.reload()],
];

const ownWindow = () => {
  const url = new URL(location.href);
  url.searchParams.delete("teams");
  open(url, "_blank", "noopener");
};

/** Moves between views without leaving the page, so that a poor connection costs one request. */
/** @param {Session} session @param {() => void} moved @param {Host | undefined} host */
function navigate(session, moved, host) {
  const go = () => {
    render(main);
    scrollTo(0, 0);
    moved();
    show(session);
  };
  if (host !== undefined)
    onDeepLink(host, (address) => {
      if (address === location.pathname) return;
      history.pushState(null, "", address);
      go();
    });
  addEventListener("popstate", go);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plainClick =
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plainClick || link.target !== "" || link.origin !== location.origin || link.hash !== "")
      return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    go();
  });
}

function help() {
  const dialog = /** @type {HTMLDialogElement} */ (part("help"));
  if (!dialog.open) dialog.showModal();
}

function keyboard() {
  const wanted = /** @type {HTMLInputElement} */ (part("keys"));
  wanted.checked = kept("keys") !== "off";
  wanted.onchange = () => keep("keys", wanted.checked ? "on" : "off");
  part("help-open").onclick = help;
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !wanted.checked) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") help();
    else if (!shown?.key(event.key.toLowerCase())) return;
    event.preventDefault();
  });
}

const sayWaiting = () =>
  render(main, notice("Teams is asked who you are", "This may take a moment.", ...ways("Try again")));

async function start() {
  const [how, host] = await Promise.all([howToSignIn(), teamsHost()]);
  const moved = host === undefined ? () => undefined : insideTeams(host);
  if (isTabSettings()) return render(main, tabSettings(host));
  const waiting = host !== undefined && setTimeout(sayWaiting, unsaid);
  const session = await signIn(how, host).finally(() => clearTimeout(waiting || undefined));
  navigate(session, moved, host);
  moved();
  show(session);
  void host?.client.app.notifySuccess();
  watchCarriers(part("carriers"), session.authorization);
  watchChat(part("chat"), session.authorization);
  setInterval(() => {
    shown?.tick();
    line.tick();
  }, second);
}

keyboard();
try {
  await start();
} catch (failure) {
  const why = failure instanceof Error ? failure.message : String(failure);
  render(main, notice("Can't sign in", plain(why), ...ways("Try again")));
  // Teams covers the page until it hears that it is there; it is: with a reason, and a way on.
  void teamsHost().then((host) => host?.client.app.notifySuccess());
}
