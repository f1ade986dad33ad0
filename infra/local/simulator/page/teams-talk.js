// The open conversation: the chat with the bot, or a channel with its threads; and where one writes.
import { h } from "./dom.js";
import { brief } from "./said.js";
import { messageOf } from "./teams-message.js";

/** @import { Hands as MessageHands } from "./teams-message.js" */
/** @import { Channel, Person, Said } from "./teams-wire.d.ts" */
/**
 * @typedef {MessageHands & {
 *   say: (text: string) => void,
 *   sayIn: (channel: string, text: string, how: { thread?: string, mentions: boolean }) => void,
 *   change: (what: "installs" | "uninstalls" | "blocks" | "unblocks") => void,
 *   remove: (channel: string) => void,
 * }} Hands
 */
/** @typedef {{ bot: string, me: Person, channel: Channel | undefined, messages: readonly Said[], trouble: string | undefined }} Talk */

/** Older ones are on the timeline. */
const shown = 60;

/** @param {string} label @param {string} hint @param {boolean} asks whether one may leave the bot out @param {(text: string, mentions: boolean) => void} send @param {string} key */
const writing = (label, hint, asks, send, key) =>
  h(
    "form",
    {
      key,
      class: "writing",
      onsubmit(event) {
        event.preventDefault();
        const form = /** @type {HTMLFormElement} */ (event.currentTarget);
        const text = /** @type {HTMLInputElement} */ (form.elements.namedItem("text")).value.trim();
        const box = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("mentions"));
        if (text === "") return;
        send(text, box === null || box.checked);
        /** @type {HTMLInputElement} */ (form.elements.namedItem("text")).value = "";
      },
    },
    asks &&
      h(
        "label",
        { class: "mention" },
        h("input", { type: "checkbox", name: "mentions", checked: true }),
        hint,
      ),
    h("input", {
      name: "text",
      maxlength: 20_000,
      autocomplete: "off",
      placeholder: label,
      "aria-label": label,
    }),
    h("button", { type: "submit" }, "Send"),
  );

/** @param {Talk} talk @param {Hands} hands */
function chat({ bot, me, messages }, hands) {
  if (me.installed === "absent" && messages.length === 0)
    return [
      h("div", { key: "absent", class: "empty" }, h("p", {}, `${brief(me.name, 60)} has not added ${bot}.`)),
    ];
  return [
    h(
      "div",
      {
        key: "posts",
        class: "posts",
        id: "posts",
        tabindex: 0,
        role: "group",
        "aria-label": `Chat with ${bot}`,
      },
      messages.length === 0 && h("p", { class: "empty" }, "Nothing was said yet. Try: help"),
      messages.slice(-shown).map((message) => h("div", { key: message.id }, messageOf(message, hands))),
    ),
    me.installed !== "absent" && writing(`Message to ${bot}`, "", false, (text) => hands.say(text), "write"),
  ];
}

/** @param {Channel} channel @param {Talk} talk @param {Hands} hands */
function threads(channel, { bot, messages }, hands) {
  const roots = messages.filter(({ id, thread }) => thread === undefined || thread === id);
  // Of a thread whose first post was taken away the rest is still there.
  const lost = messages.filter(
    ({ thread }) => !messages.some(({ id }) => id === thread) && thread !== undefined,
  );
  return [
    h(
      "div",
      {
        key: "posts",
        class: "posts",
        id: "posts",
        tabindex: 0,
        role: "group",
        "aria-label": `Posts in ${channel.name}`,
      },
      messages.length === 0 && h("p", { class: "empty" }, "Nothing was posted here yet."),
      [...roots.slice(-shown), ...lost.slice(0, 1)].map((root) => {
        const thread = root.thread ?? root.id;
        const replies = messages.filter((message) => message.thread === thread && message.id !== root.id);
        return h(
          "section",
          { key: root.id, class: "thread", "aria-label": `Thread of ${hands.nameOf(root.from)}` },
          messageOf(root, hands),
          h(
            "div",
            { class: "replies" },
            replies.map((reply) => h("div", { key: reply.id }, messageOf(reply, hands))),
          ),
          !channel.gone &&
            h(
              "details",
              { class: "answering" },
              h("summary", {}, "Reply"),
              writing(
                "Reply in this thread",
                `Mention ${bot}`,
                true,
                (text, mentions) => hands.sayIn(channel.id, text, { thread, mentions }),
                "write",
              ),
            ),
        );
      }),
    ),
    !channel.gone &&
      writing(
        `New post in ${channel.name}`,
        `Mention ${bot}`,
        true,
        (text, mentions) => hands.sayIn(channel.id, text, { mentions }),
        "write",
      ),
  ];
}

/** @param {"installs" | "uninstalls" | "blocks" | "unblocks"} what @param {string} words @param {Hands} hands */
const changing = (what, words, hands) =>
  h("button", { key: what, type: "button", onclick: () => hands.change(what) }, words);

/** @param {Talk} talk @param {Hands} hands */
export function talkOf(talk, hands) {
  const { bot, me, channel, trouble } = talk;
  return [
    h(
      "header",
      { key: "head", class: "pane-head" },
      h("h2", {}, h("bdi", {}, channel === undefined ? bot : brief(channel.name, 60))),
      channel === undefined && me.installed === "absent" && changing("installs", `Add ${bot}`, hands),
      channel === undefined && me.installed === "installed" && changing("blocks", "Block", hands),
      channel === undefined && me.installed === "blocked" && changing("unblocks", "Unblock", hands),
      channel === undefined && me.installed !== "absent" && changing("uninstalls", `Remove ${bot}`, hands),
      channel !== undefined &&
        !channel.gone &&
        channel.name !== "General" &&
        h(
          "button",
          { key: "delete", type: "button", onclick: () => hands.remove(channel.id) },
          "Delete channel",
        ),
      channel?.gone === true && h("span", { class: "gone" }, "deleted"),
    ),
    trouble !== undefined && h("p", { key: "trouble", class: "trouble", role: "alert" }, trouble),
    channel === undefined ? chat(talk, hands) : threads(channel, talk, hands),
  ];
}
