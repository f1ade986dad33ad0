// Plays what a caller said. It is asked for with the reader's own sign-in, and never leaves the page.
import { ask } from "./api.js";
import { h } from "./dom.js";

/** @import { Act } from "./main.js" */

/** What is played now, or could not be. @type {Map<string, "loading" | "playing" | "failed">} */
const playing = new Map();
/** @type {AudioContext | undefined} */
let audio;
/** @type {AudioBufferSourceNode | undefined} */
let source;

/** @param {string} incident @param {string} recording @param {Act} act */
async function play(incident, recording, act) {
  if (source !== undefined) {
    source.onended = null;
    source.stop();
  }
  playing.clear();
  const say = (/** @type {"loading" | "playing" | "failed" | undefined} */ how) => {
    if (how === undefined) playing.delete(recording);
    else playing.set(recording, how);
    act.redraw();
  };
  say("loading");
  // Made inside the click: a browser allows sound to nobody else.
  audio ??= new AudioContext();
  try {
    const path = `/api/incidents/${encodeURIComponent(incident)}/recordings/${encodeURIComponent(recording)}`;
    const response = await ask(path, act.authorization);
    if (response.status === 401) {
      say(undefined);
      return act.signedOut();
    }
    if (!response.ok) throw new Error(`error ${response.status}`);
    source = new AudioBufferSourceNode(audio, {
      buffer: await audio.decodeAudioData(await response.arrayBuffer()),
    });
    source.connect(audio.destination);
    source.onended = () => say(undefined);
    source.start();
    say("playing");
  } catch {
    say("failed");
    act.announce("The recording can't be played.");
  }
}

/** @type {Readonly<Record<string, string>>} */
const labels = { name: "Play the name", help: "Play what is wrong" };
const states = { loading: "Loading…", playing: "Playing…", failed: "Can't be played" };

/** @param {string} incident @param {string} recording @param {string} kind @param {string} who @param {Act} act */
export function player(incident, recording, kind, who, act) {
  const state = playing.get(recording);
  const label = state === undefined ? (labels[kind] ?? "Play") : states[state];
  return h(
    "button",
    {
      key: recording,
      type: "button",
      class: "small play",
      "aria-label": `${label}: ${who}`,
      "data-state": state,
      onclick: () => void play(incident, recording, act),
    },
    label,
  );
}
