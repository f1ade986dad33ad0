// Orders about one incident as a whole.
import { chatWords } from "../../wording/chat.ts";
import type { Command } from "./command.ts";
import { give } from "./give.ts";

export const join: Command = {
  verb: "join",
  words: ["join", "join bridge", "join the bridge", "call me", "call me in"],
  takes: "incident",
  changes: true,
  help: { typed: "join", does: "we call you into the phone bridge" },
  needs: "incident",
  run: (house, asked, about) =>
    give(house, asked, about, { type: "CallIn" }, (events) =>
      events.length === 0 ? chatWords.calledAlready : chatWords.callingYou,
    ),
};

export const bridge: Command = {
  verb: "bridge",
  words: ["bridge", "open bridge", "open a bridge", "open the bridge"],
  takes: "incident",
  changes: true,
  help: { typed: "bridge", does: "opens the phone bridge" },
  needs: "incident",
  run: (house, asked, about) =>
    give(house, asked, about, { type: "OpenBridge" }, (events) =>
      events.length === 0 ? chatWords.bridgeOpen : chatWords.bridgeOpening,
    ),
};

export const signIn: Command = {
  verb: "sign-in",
  words: ["sign in", "signed in", "im here", "i am here", "here", "arrived", "i have arrived", "ive arrived"],
  takes: "incident",
  changes: true,
  help: { typed: "sign in", does: "you have arrived, and work on it" },
  needs: "incident",
  run: (house, asked, about) =>
    give(house, asked, about, { type: "SignIn" }, (events) =>
      events.length === 0 ? chatWords.signedInAlready : chatWords.signedIn,
    ),
};

export const declare: Command = {
  verb: "declare",
  words: ["declare", "declare incident", "declare an incident", "declare it"],
  takes: "words",
  changes: true,
  help: { typed: "declare one sentence", does: "from here on it is commanded, and has a name" },
  needs: "incident",
  run(house, asked, about) {
    const synopsis = asked.filled.synopsis ?? asked.rest;
    return give(
      house,
      asked,
      about,
      {
        type: "Declare",
        ...(synopsis === "" ? {} : { synopsis }),
        ...(asked.filled.sensitive === "true" ? { sensitive: true } : {}),
      },
      (_, { declaration }) => chatWords.declared(declaration?.codename ?? ""),
    );
  },
};

export const standDown: Command = {
  verb: "stand-down",
  words: ["stand down", "false alarm", "all clear"],
  takes: "incident",
  changes: true,
  help: { typed: "stand down", does: "it is over, or was none; everybody is released" },
  needs: "incident",
  run: (house, asked, about) =>
    give(house, asked, about, { type: "StandDown" }, (events) =>
      events.length === 0 ? chatWords.closedAlready : chatWords.stoodDown,
    ),
};

export const close: Command = {
  verb: "close",
  words: ["close", "close incident", "close the incident", "close it"],
  takes: "incident",
  changes: true,
  help: { typed: "close", does: "ends a declared incident" },
  needs: "incident",
  run: (house, asked, about) =>
    give(house, asked, about, { type: "Close" }, (events) =>
      events.length === 0 ? chatWords.closedAlready : chatWords.closed,
    ),
};
