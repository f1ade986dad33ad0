// Say, Play and Pause: by themselves, and one after the other inside a Gather.

import type { Perform, Scene } from "../scene.ts";
import type { Verb } from "../twiml.ts";

// A loop of 0 goes on until somebody hangs up; here it is enough to hear that it does.
const mostLoops = 3;

/** Begins it; answers how long it takes. */
export function begin({ name, attributes, text }: Verb, scene: Scene): number {
  const loops = Math.min(Number(attributes["loop"] ?? 1) || mostLoops, mostLoops);
  switch (name) {
    case "Say": {
      let ms = 0;
      for (let time = 0; time < loops && text !== ""; time++) ms += scene.say(text);
      return ms;
    }
    case "Play":
      scene.note(attributes["digits"] === undefined ? `plays ${text}` : `plays keys ${attributes["digits"]}`);
      return 0;
    default:
      return Number(attributes["length"] ?? 1) * 1000;
  }
}

export const speak: Perform = (verb, scene) => {
  const ms = begin(verb, scene);
  if (ms === 0) scene.next();
  else scene.timers.after(ms, scene.next);
};
