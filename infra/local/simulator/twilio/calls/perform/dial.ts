// Dial: into a conference. People are not dialled from inside a call here; that is said and passed over.
import type { Perform, Scene } from "../scene.ts";
import type { Verb } from "../twiml.ts";

export const dial: Perform = ({ attributes, nested }, scene) => {
  const room = nested.find(({ name }) => name === "Conference");
  if (room === undefined) {
    scene.note("would dial somebody; these phones reach a Conference only");
    return scene.next();
  }
  const { action, method, hangupOnStar, timeLimit } = attributes;
  let cancelLimit = (): void => {};
  const participant = scene.parts.conferences.join(scene.call, entrance(room, scene), () => {
    cancelLimit();
    scene.onLeave(undefined);
    scene.listen(undefined);
    if (action === undefined) scene.next();
    else scene.goTo(action, method, { DialCallStatus: "completed" });
  });
  if (participant === undefined) {
    scene.note(`the conference ${room.text} is full`);
    return scene.next();
  }
  scene.onLeave(participant.leave);
  if (hangupOnStar === "true")
    scene.listen((key) => {
      if (key === "*") participant.kick();
    });
  if (timeLimit !== undefined) cancelLimit = scene.timers.after(Number(timeLimit) * 1000, participant.kick);
};

function entrance({ text, attributes }: Verb, scene: Scene) {
  const { statusCallback, statusCallbackEvent = "", statusCallbackMethod = "POST" } = attributes;
  const url = statusCallback === undefined ? undefined : scene.absolute(statusCallback);
  return {
    name: text,
    label: attributes["participantLabel"],
    muted: attributes["muted"] === "true",
    startOnEnter: attributes["startConferenceOnEnter"] !== "false",
    endOnExit: attributes["endConferenceOnExit"] === "true",
    most: Number(attributes["maxParticipants"] ?? 250),
    reports:
      url === undefined
        ? undefined
        : {
            to: { url, method: statusCallbackMethod === "GET" ? ("GET" as const) : ("POST" as const) },
            events: statusCallbackEvent.split(/\s+/),
          },
  };
}
