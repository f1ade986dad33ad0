// Orders about the bridge. What many people would notice asks first, in plain words.
import { order } from "./api.js";
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { brief, plain } from "./said.js";

/** @import { Bridge, Caller, CommandType, Incident, Person } from "./wire.d.ts" */
/** @import { Act } from "./main.js" */
/** @typedef {ReturnType<typeof bridgeActs>} BridgeActs */
/**
 * @typedef {object} Deed
 * @property {CommandType} type
 * @property {Record<string, string>} [about]
 * @property {string} done
 * @property {{ question: string, meaning: string, yes: string }} [asks]
 */

/** @param {Person | undefined} person */
const callIn = (person) =>
  /** @type {Deed} */ ({
    type: "call-in",
    about: person === undefined ? {} : { person: person.id },
    done:
      person === undefined ? "Your phone rings in a moment." : `${brief(person.name, 60)} is being called.`,
  });

/** What went well is said for so long; the panel itself shows what came of it. What did not stays. */
const told = 8000;

/** @type {Deed} */
const open = {
  type: "open-bridge",
  done: "The bridge is being opened.",
  asks: {
    question: "Open a phone bridge?",
    meaning: "Everybody who has this incident, or is being asked, gets its number and PIN by text.",
    yes: "Open it",
  },
};

/** @type {Deed} */
const end = {
  type: "end-bridge",
  done: "The bridge was ended.",
  asks: {
    question: "End the bridge?",
    meaning: "Whoever is in the room is cut off at once, and the PIN opens nothing any more.",
    yes: "End it",
  },
};

/** @type {Deed} */
const back = {
  type: "return-to-chat",
  done: "Everybody is called back to the chat.",
  asks: {
    question: "Back to the chat?",
    meaning:
      "Everybody is told, in the room and by text. Nobody is cut off: it ends when the last one has left.",
    yes: "Back to the chat",
  },
};

/** @param {string} id @param {Act} act */
export function bridgeActs(id, act) {
  /** @type {string | undefined} */
  let busy;
  /** @type {{ good: boolean, text: string, at: number } | undefined} */
  let result;

  /** @param {Deed} deed @param {Deed["asks"]} [asks] */
  async function give(deed, asks = deed.asks) {
    if (busy !== undefined) return;
    if (asks !== undefined && !(await confirmed(asks.question, asks.meaning, asks.yes))) return;
    busy = keyOf(deed);
    result = undefined;
    act.redraw();
    const outcome = await order(id, deed.type, act.authorization, deed.about);
    busy = undefined;
    if (outcome.kind === "signed-out") return act.signedOut();
    const good = outcome.kind === "done";
    result = { good, text: good ? deed.done : plain(outcome.why), at: Date.now() };
    act.announce(result.text);
    act.redraw();
    act.pollNow();
  }

  /** @param {Deed} deed */
  const keyOf = ({ type, about = {} }) => [type, ...Object.values(about)].join(" ");

  /** @param {string} label @param {Deed} deed @param {string} [name] what it is called where the label says too little */
  const button = (label, deed, name) =>
    h(
      "button",
      {
        key: keyOf(deed),
        type: "button",
        class: `small ${deed.type}`,
        "aria-label": name,
        "aria-busy": busy === keyOf(deed) ? "true" : undefined,
        "aria-disabled": busy === undefined ? undefined : "true",
        onclick: () => void give(deed),
      },
      label,
    );

  /** @param {Caller} caller */
  function forCaller({ call, name, muted }) {
    const who = brief(name, 60);
    /** @type {Deed} */
    const remove = {
      type: "remove",
      about: { call },
      done: `${who} is being removed.`,
      asks: {
        question: `Remove ${who}?`,
        meaning: "The call is taken out of the room, and stays out: it waits if it calls again.",
        yes: "Remove",
      },
    };
    return [
      muted
        ? button(
            "Unmute",
            { type: "unmute", about: { call }, done: `${who} can be heard again.` },
            `Unmute ${who}`,
          )
        : button("Mute", { type: "mute", about: { call }, done: `${who} is being muted.` }, `Mute ${who}`),
      button("Remove", remove, `Remove ${who}`),
    ];
  }

  /** @param {Caller} caller @param {Bridge["you"]} you */
  function forWaiting({ call, name, letIn, removedBefore }, { mayLetIn, inCommand }) {
    const who = brief(name, 60);
    const may = mayLetIn === true && (removedBefore !== true || inCommand);
    return [
      may &&
        letIn !== true &&
        button(
          "Let in",
          {
            type: "let-in",
            about: { call },
            done: `${who} is being let in. Your phone rings if you are not there.`,
          },
          `Let in ${who}`,
        ),
      inCommand &&
        button(
          "Send away",
          { type: "remove", about: { call }, done: `${who} is sent away.` },
          `Send away ${who}`,
        ),
    ];
  }

  /** @param {Person} person */
  const again = (person) => button("Call again", callIn(person), `Call again: ${brief(person.name, 60)}`);

  /** @param {Bridge} bridge */
  const somebody = ({ people, you }) => {
    const others = people.filter((person) => person.id !== you.id);
    const chosen = () => {
      const select = /** @type {HTMLSelectElement | null} */ (document.getElementById("call-in-whom"));
      return others.find((person) => person.id === select?.value);
    };
    return (
      others.length > 0 &&
      h(
        "div",
        { key: "somebody", class: "somebody" },
        h("label", { for: "call-in-whom" }, "Call in"),
        h(
          "select",
          { id: "call-in-whom" },
          others.map((person) => h("option", { key: person.id, value: person.id }, brief(person.name, 60))),
        ),
        h(
          "button",
          {
            type: "button",
            class: "small",
            "aria-disabled": busy === undefined ? undefined : "true",
            onclick: () => {
              const person = chosen();
              if (person !== undefined) void give(callIn(person));
            },
          },
          "Call",
        ),
      )
    );
  };

  /** @param {Bridge} bridge */
  const draw = (bridge) => {
    const { state, you, returning } = bridge;
    const isOpen = state === "open";
    if (result?.good && Date.now() - result.at > told) result = undefined;
    return [
      h(
        "p",
        { key: "result", class: "result", role: "status", "data-good": result?.good },
        result?.text ?? "",
      ),
      h(
        "div",
        { key: "acts", class: "bridge-acts" },
        (state === "none" || state === "ended") && button("Open a bridge", open),
        isOpen && !you.inTheRoom && button("Call me in", callIn(undefined)),
        isOpen && you.inCommand && !returning && button("Back to the chat", back),
        (isOpen || state === "wanted") && you.inCommand && button("End the bridge", end),
      ),
      isOpen && you.inCommand && somebody(bridge),
    ];
  };

  /** A key is easily hit by accident: it asks. @param {string} key @param {Incident} incident */
  const shortcuts = (key, { bridge, endedAt }) => {
    if (key !== "b" || bridge === undefined || endedAt !== undefined) return false;
    if (bridge.state === "none" || bridge.state === "ended") void give(open);
    else if (bridge.state === "open" && !bridge.you.inTheRoom)
      void give(callIn(undefined), {
        question: "Call you in?",
        meaning: "Your phone rings; press the key that is spoken, and you are in the room.",
        yes: "Call me in",
      });
    return true;
  };

  return { draw, forCaller, forWaiting, again, shortcuts };
}
