// Somebody who calls the hub's number, and Twilio's side of that call: signed forms, and the scripts they are answered with.
import { make as handleAlert } from "../../functions/handle-alert/handler.ts";
import { callAlert } from "../../functions/intake.ts";
import { adasPhone, type CallHouse, hubNumber, publicUrl } from "./a-call.ts";
import { records } from "./intake.ts";
import { type ReadScript, readScript } from "./twiml-table.ts";

export const strangersPhone = "+447700900999";
export const someRecording = `RE${"5".repeat(32)}`;

let called = 0;

export function aCaller(house: CallHouse, from: string = adasPhone) {
  called += 1;
  const sid = `CA${String(called).padStart(32, "0")}`;
  const hear = async (
    path: string,
    digits?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<ReadScript> => {
    const form = {
      CallSid: sid,
      From: from,
      To: hubNumber,
      Direction: "inbound",
      CallStatus: "in-progress",
      ...(digits === undefined ? {} : { Digits: digits }),
      ...more,
    };
    const { status, body } = await house.post(path, form);
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
    return readScript(body);
  };
  const next = (script: ReadScript): string =>
    (script.action ?? script.takesDown ?? script.goesOn ?? "").replace(publicUrl, "");
  return {
    sid,
    hear,
    next,
    begin: () => hear("/twilio/line"),
    press: (script: ReadScript, digits: string) => hear(next(script), digits),
    /** Says something after the tone. */
    say: (script: ReadScript) =>
      hear(next(script), "", { RecordingSid: someRecording, RecordingDuration: "3" }),
    goOn: (script: ReadScript) => hear(next(script)),
    async dialIn(pin: string): Promise<ReadScript> {
      const asked = await this.press(await this.begin(), "1");
      return this.press(asked, pin);
    },
    alert: async () => (await house.ports.alerts.read([callAlert(sid)]))[0],
    /** What the feed would bring about: the alert finds its incident. */
    async settle(): Promise<string> {
      await handleAlert(house.ports)(records({ detail: { alert: callAlert(sid) } }), house.said.tools);
      return (await this.alert())?.incident ?? "";
    },
  };
}

export type LineCaller = ReturnType<typeof aCaller>;
