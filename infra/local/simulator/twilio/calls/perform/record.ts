// Record: takes down what the phone's owner says, up to a key, to silence, or to the end of the call.
// https://www.twilio.com/docs/voice/twiml/record

import { callForm } from "../call-form.ts";
import { sendReport } from "../progress.ts";
import { mediaUrl } from "../recordings.ts";
import type { Perform } from "../scene.ts";

export const record: Perform = ({ attributes }, scene) => {
  const { action = "", method, finishOnKey = "1234567890*#", timeout = "5", maxLength = "3600" } = attributes;
  const { call, parts } = scene;
  const silence = Number(timeout) * 1000;
  const most = Number(maxLength) * 1000;
  const began = parts.now();
  const [said, ...later] = call.says ?? [{ text: "Somebody speaks", ms: 0, hangsUp: false }];
  if (call.says !== undefined) call.says = later;

  const taken = (digits: string) => {
    scene.onLeave(undefined);
    const { sid, seconds } = parts.recordings.keep(
      call,
      said?.text ?? "",
      Math.min(parts.now() - began, most),
    );
    const url = mediaUrl(parts.account.accountSid, sid);
    scene.note(`records ${url}: ${said?.text}`);
    return { Digits: digits, RecordingDuration: String(seconds), RecordingSid: sid, RecordingUrl: url };
  };

  // Of an empty recording nobody is told: the script goes on behind the verb.
  if (said === undefined) {
    scene.timers.after(Math.min(silence, most), scene.next);
    return;
  }
  // Whoever hangs up in the middle is heard as far as it went; what the hub answers then is not performed any more.
  scene.onLeave(() => {
    const url = scene.absolute(action);
    if (call.endedAt === undefined || url === undefined) return;
    const form = { ...callForm(call, parts.account, "completed"), ...taken("hangup") };
    const to = { url, method: method?.toUpperCase() === "GET" ? "GET" : "POST" } as const;
    sendReport(call, to, form, `${call.sid}-recorded`, parts);
  });
  const finish = (key: string): void => scene.goTo(action, method, taken(key));
  if (said.hangsUp) scene.timers.after(Math.min(said.ms, most), () => scene.end());
  else scene.timers.after(Math.min(said.ms + silence, most), () => finish(""));
  scene.listen((key) => {
    if (finishOnKey.includes(key)) finish(key);
  });
};
