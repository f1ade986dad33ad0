// Which verb does what.
import type { Perform } from "../scene.ts";
import type { KnownVerb } from "../verbs.ts";
import { dial } from "./dial.ts";
import { gather } from "./gather.ts";
import { record } from "./record.ts";
import { speak } from "./speak.ts";

export const perform: Readonly<Record<KnownVerb, Perform>> = {
  Say: speak,
  Play: speak,
  Pause: speak,
  Gather: gather,
  Record: record,
  Dial: dial,
  Redirect: ({ text, attributes }, scene) => scene.goTo(text, attributes["method"], {}),
  Hangup: (_, scene) => scene.end(),
  // Only a call that nobody answered yet can be rejected: that is done before the first verb.
  Reject: (_, scene) => {
    scene.note("Reject means nothing in a call that was answered");
    scene.end();
  },
  Conference: (_, scene) => scene.next(),
};
