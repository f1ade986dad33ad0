// What TwiML's verbs may carry, from Twilio's reference: whatever is not here is reported as Twilio's schema check would.
// https://www.twilio.com/docs/voice/twiml

interface Known {
  readonly attributes: Readonly<Record<string, RegExp>>;
  readonly nested: readonly string[];
}

const any = /^/;
const bool = /^(true|false)$/;
const count = /^\d+$/;
const positive = /^[1-9]\d*$/;
const method = /^(GET|POST)$/i;
const key = /^[0-9#*]?$/;
const speech = ["Say", "Play", "Pause"];
const ssml = "break emphasis lang p phoneme prosody s say-as sub w amazon:effect amazon:domain".split(" ");

const known = {
  Say: { attributes: { voice: any, language: /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$/, loop: count }, nested: ssml },
  Play: { attributes: { loop: count, digits: /^[0-9wW#*]+$/ }, nested: [] },
  Pause: { attributes: { length: count }, nested: [] },
  Gather: {
    attributes: {
      action: any,
      actionOnEmptyResult: bool,
      bargeIn: bool,
      debug: bool,
      enhanced: bool,
      finishOnKey: key,
      hints: any,
      input: /^(dtmf|speech|dtmf speech|speech dtmf)$/,
      language: any,
      maxSpeechTime: positive,
      method,
      numDigits: positive,
      partialResultCallback: any,
      partialResultCallbackMethod: method,
      profanityFilter: bool,
      speechModel: any,
      speechTimeout: /^(auto|\d+)$/,
      timeout: count,
    },
    nested: speech,
  },
  Redirect: { attributes: { method }, nested: [] },
  Hangup: { attributes: {}, nested: [] },
  Reject: { attributes: { reason: /^(rejected|busy)$/ }, nested: [] },
  Record: {
    attributes: {
      action: any,
      finishOnKey: /^[0-9#*]*$/,
      maxLength: positive,
      method,
      playBeep: bool,
      recordingStatusCallback: any,
      recordingStatusCallbackEvent: any,
      recordingStatusCallbackMethod: method,
      timeout: count,
      transcribe: bool,
      transcribeCallback: any,
      trim: /^(trim-silence|do-not-trim)$/,
    },
    nested: [],
  },
  Dial: {
    attributes: {
      action: any,
      answerOnBridge: bool,
      callerId: any,
      hangupOnStar: bool,
      method,
      record: any,
      recordingStatusCallback: any,
      recordingStatusCallbackEvent: any,
      recordingStatusCallbackMethod: method,
      ringTone: any,
      timeLimit: positive,
      timeout: positive,
      trim: any,
    },
    nested: ["Conference", "Number", "Client", "Sip", "Queue"],
  },
  Conference: {
    attributes: {
      beep: /^(true|false|onEnter|onExit)$/,
      coach: any,
      endConferenceOnExit: bool,
      jitterBufferSize: any,
      maxParticipants: positive,
      muted: bool,
      participantLabel: any,
      record: any,
      recordingStatusCallback: any,
      recordingStatusCallbackEvent: any,
      recordingStatusCallbackMethod: method,
      region: any,
      startConferenceOnEnter: bool,
      statusCallback: any,
      statusCallbackEvent: /^(start|end|join|leave|mute|hold|modify|speaker|announcement)(\s+\w+)*$/,
      statusCallbackMethod: method,
      trim: any,
      waitMethod: method,
      waitUrl: any,
    },
    nested: [],
  },
} as const satisfies Readonly<Record<string, Known>>;

export type KnownVerb = keyof typeof known;

export const isKnown = (name: string): name is KnownVerb => Object.hasOwn(known, name);

/** What is wrong with an attribute, or nothing. */
export function attributeFault(verb: KnownVerb, name: string, value: string): string | undefined {
  const patterns: Readonly<Record<string, RegExp>> = known[verb].attributes;
  if (!Object.hasOwn(patterns, name)) return `<${verb}> has no attribute ${name}`;
  return patterns[name]?.test(value) === true ? undefined : `<${verb}> ${name} can't be "${value}"`;
}

export const mayNest = (verb: KnownVerb, child: string): boolean =>
  (known[verb].nested as readonly string[]).includes(child);
