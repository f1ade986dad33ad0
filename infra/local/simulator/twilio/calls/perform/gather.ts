// Gather: listens for keys while the nested verbs speak and for a while after them.
// https://www.twilio.com/docs/voice/twiml/gather

import type { Perform, Scene } from "../scene.ts";
import type { Verb } from "../twiml.ts";
import { begin } from "./speak.ts";

export const gather: Perform = ({ attributes, nested }, scene) => {
  const { action = "", method, finishOnKey = "#", numDigits, timeout = "5", input = "dtmf" } = attributes;
  const most = numDigits === undefined ? Number.POSITIVE_INFINITY : Number(numDigits);
  const silence = Number(timeout) * 1000;
  let digits = "";
  let cancelWait = (): void => {};

  function finish(finishedOnKey: string): void {
    cancelWait();
    scene.listen(undefined);
    // Nothing pressed: the verbs after this one follow, unless the script wants to know.
    if (digits === "" && attributes["actionOnEmptyResult"] !== "true") return scene.next();
    scene.goTo(action, method, { msg: "Gather End", Digits: digits, FinishedOnKey: finishedOnKey });
  }
  const wait = (): void => {
    cancelWait = scene.timers.after(silence, () => finish(""));
  };

  if (input.includes("dtmf"))
    scene.listen((key) => {
      // The first key silences what is being said.
      cancelWait();
      if (finishOnKey !== "" && key === finishOnKey) return finish(key);
      digits += key;
      if (digits.length >= most) return finish("");
      wait();
    });
  inTurn(nested, scene, (cancel) => (cancelWait = cancel), wait);
};

/** Speaks one after the other; each step can be cancelled. */
function inTurn(
  verbs: readonly Verb[],
  scene: Scene,
  cancellable: (cancel: () => void) => void,
  done: () => void,
): void {
  const [verb, ...rest] = verbs;
  if (verb === undefined) return done();
  const ms = begin(verb, scene);
  const after = (): void => inTurn(rest, scene, cancellable, done);
  if (ms === 0) after();
  else cancellable(scene.timers.after(ms, after));
}
