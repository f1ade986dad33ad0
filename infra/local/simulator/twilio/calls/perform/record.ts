// Record: noted, with an address of its own for a recording that nobody made.
import { newSid } from "../../phones.ts";
import type { Perform } from "../scene.ts";

export const record: Perform = ({ attributes }, scene) => {
  const { action = "", method, finishOnKey = "1234567890*#", timeout = "5", maxLength = "3600" } = attributes;
  const { accountSid } = scene.parts.account;
  const began = scene.parts.now();
  const sid = newSid("RE");
  const url = `https://recordings.invalid/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`;
  scene.note(`records ${url}`);
  const finish = (key: string): void =>
    scene.goTo(action, method, {
      Digits: key,
      RecordingDuration: String(Math.round((scene.parts.now() - began) / 1000)),
      RecordingSid: sid,
      RecordingUrl: url,
    });
  // Nobody speaks on these phones: silence ends it.
  scene.timers.after(Math.min(Number(timeout), Number(maxLength)) * 1000, () => finish(""));
  scene.listen((key) => {
    if (finishOnKey.includes(key)) finish(key);
  });
};
