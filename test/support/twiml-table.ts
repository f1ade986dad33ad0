// What a call's script may consist of, from Twilio's reference for the verbs that we speak with, and the judge that holds a
// document against it. The reader is another one than the builder that writes the scripts.
import { DOMParser, type Element } from "@xmldom/xmldom";

interface Rule {
  readonly attributes: Readonly<Record<string, RegExp>>;
  readonly needed: readonly string[];
  readonly nested: readonly string[];
  /** What stands in it beside verbs: words to be spoken, a name or an address of this form, or nothing. */
  readonly text: "spoken" | RegExp | undefined;
  /** Verbs after it are never reached. */
  readonly last?: true;
}

const language = /^[a-z]{2,3}-[A-Z]{2}$/;
const flag = /^(true|false)$/;
const positive = /^[1-9]\d*$/;
const method = /^(GET|POST)$/;
const address = /^https:\/\/[^\s"'<>]+$/;

export const twimlTable: Readonly<Record<string, Rule>> = {
  // https://www.twilio.com/docs/voice/twiml
  Response: {
    attributes: {},
    needed: [],
    nested: ["Say", "Pause", "Gather", "Dial", "Record", "Redirect", "Hangup"],
    text: undefined,
  },
  // https://www.twilio.com/docs/voice/twiml/say
  Say: {
    attributes: { language, voice: /^(man|woman|(Polly|Google)\.[\w-]+)$/, loop: /^\d+$/ },
    needed: ["language"],
    nested: [], // it may hold SSML; nothing of ours does, so that whatever is there came from outside
    text: "spoken",
  },
  // https://www.twilio.com/docs/voice/twiml/pause
  Pause: { attributes: { length: /^[1-9]\d*$/ }, needed: [], nested: [], text: undefined },
  // https://www.twilio.com/docs/voice/twiml/gather
  Gather: {
    attributes: {
      action: address,
      actionOnEmptyResult: flag,
      finishOnKey: /^[0-9#*]?$/,
      input: /^dtmf$/,
      method,
      numDigits: positive,
      timeout: positive,
    },
    // Without these a call would listen for speech, wait for more keys, go on in silence, or lose the # key.
    needed: ["action", "actionOnEmptyResult", "finishOnKey", "input", "method", "numDigits", "timeout"],
    nested: ["Say", "Pause"],
    text: undefined,
    last: true, // with actionOnEmptyResult the call always goes on at its action
  },
  // https://www.twilio.com/docs/voice/twiml/dial
  Dial: {
    attributes: {
      action: address,
      answerOnBridge: flag,
      callerId: /^\+\d+$/,
      hangupOnStar: flag,
      method,
      timeLimit: positive,
      timeout: positive,
    },
    needed: [],
    nested: ["Conference"],
    text: undefined,
  },
  // https://www.twilio.com/docs/voice/twiml/conference
  Conference: {
    attributes: {
      beep: /^(true|false|onEnter|onExit)$/,
      endConferenceOnExit: flag,
      maxParticipants: positive,
      muted: flag,
      participantLabel: /^[\w-]{1,128}$/,
      record: /^(do-not-record|record-from-start)$/,
      startConferenceOnEnter: flag,
      statusCallback: address,
      statusCallbackEvent:
        /^(start|end|join|leave|mute|hold|modify|speaker|announcement)( (start|end|join|leave|mute|hold|modify|speaker|announcement))*$/,
      statusCallbackMethod: method,
    },
    // Without these nobody would hear of it, one who leaves could end it for all, or it would be recorded unsaid.
    needed: [
      "endConferenceOnExit",
      "record",
      "startConferenceOnEnter",
      "statusCallback",
      "statusCallbackEvent",
      "statusCallbackMethod",
    ],
    nested: [],
    text: /^[0-9a-f]{24}$/, // says nothing of whom it is about
  },
  // https://www.twilio.com/docs/voice/twiml/record
  Record: {
    attributes: {
      action: address,
      finishOnKey: /^[0-9*#]+$/,
      maxLength: positive,
      method,
      playBeep: flag,
      timeout: positive,
      trim: /^(trim-silence|do-not-trim)$/,
    },
    // Without these it would record for an hour, ask the same address again, or leave no way out of it.
    needed: ["action", "finishOnKey", "maxLength", "method", "playBeep"],
    nested: [],
    text: undefined, // what follows is reached when nothing was said
  },
  // https://www.twilio.com/docs/voice/twiml/redirect
  Redirect: { attributes: { method }, needed: ["method"], nested: [], text: address, last: true },
  // https://www.twilio.com/docs/voice/twiml/hangup
  Hangup: { attributes: {}, needed: [], nested: [], text: undefined, last: true },
};

// https://www.twilio.com/docs/api/errors/13521: by Polly's voices 3,000 characters, and 4,500 as they are in a URL.
const longestSay = 3_000;
const longestEncoded = 4_500;
// https://www.twilio.com/docs/api/errors/11750: 64 KB.
const longestDocument = 64 * 1024;

export interface ReadScript {
  readonly faults: readonly string[];
  /** Everything that is spoken, in order. */
  readonly spoken: string;
  /** Where the key goes; undefined where nobody listens. */
  readonly action: string | undefined;
  readonly hangsUp: boolean;
  /** The room into which the call is put, and where it is told who comes and leaves. */
  readonly room: string | undefined;
  readonly newsTo: string | undefined;
  readonly verbs: readonly string[];
}

export function readScript(xml: string): ReadScript {
  const faults: string[] = [];
  const onError = (_level: string, message: string): void => void faults.push(message);
  const root = new DOMParser({ onError }).parseFromString(xml, "text/xml").documentElement;
  if (root?.tagName !== "Response") throw new Error(`No script: ${xml.slice(0, 200)}`);
  if (xml.length > longestDocument) faults.push(`${xml.length} characters are too many`);
  const elements = judged(root, faults);
  const room = elements.find(({ tagName }) => tagName === "Conference");
  const gather = elements.find(({ tagName }) => tagName === "Gather");
  return {
    faults,
    spoken: elements
      .filter(({ tagName }) => tagName === "Say")
      .map(({ textContent }) => textContent ?? "")
      .join(" "),
    action: gather?.getAttribute("action") ?? undefined,
    room: room?.textContent ?? undefined,
    newsTo: room?.getAttribute("statusCallback") ?? undefined,
    hangsUp: elements.some(({ tagName }) => tagName === "Hangup"),
    verbs: elements.map(({ tagName }) => tagName),
  };
}

/** The elements below this one, in order, each held against the table. */
function judged(parent: Element, faults: string[]): readonly Element[] {
  const rule = twimlTable[parent.tagName];
  const children = [...parent.childNodes];
  if (rule === undefined) {
    faults.push(`There is no <${parent.tagName}>`);
    return [];
  }
  const given = new Map([...parent.attributes].map(({ name, value }) => [name, value]));
  for (const name of rule.needed) if (!given.has(name)) faults.push(`<${parent.tagName}> lacks ${name}`);
  for (const [name, value] of given)
    if (rule.attributes[name]?.test(value) !== true)
      faults.push(`<${parent.tagName}> has ${name}="${value}"`);
  if (rule.text === "spoken") faults.push(...faultsOfWords(parent));
  else if (rule.text?.test(parent.textContent ?? "") === false)
    faults.push(`<${parent.tagName}> holds "${parent.textContent}"`);
  const elements = children.filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
  const others = children.filter(
    ({ nodeType, TEXT_NODE }) => !(rule.text !== undefined && nodeType === TEXT_NODE),
  );
  if (others.length > elements.length) faults.push(`<${parent.tagName}> holds words, or what is neither`);
  for (const [n, { tagName }] of elements.entries()) {
    if (!rule.nested.includes(tagName)) faults.push(`<${tagName}> in <${parent.tagName}>`);
    if (twimlTable[tagName]?.last === true && n < elements.length - 1)
      faults.push(`<${tagName}> before <${elements[n + 1]?.tagName}>, which is never reached`);
  }
  return elements.flatMap((element) => [element, ...judged(element, faults)]);
}

function faultsOfWords({ textContent }: Element): readonly string[] {
  const words = textContent ?? "";
  if (words.trim() === "") return ["<Say> says nothing"];
  if (words.length > longestSay) return [`<Say> of ${words.length} characters`];
  if (!words.isWellFormed()) return ["<Say> of half a character"];
  const encoded = encodeURIComponent(words).length;
  return encoded > longestEncoded ? [`<Say> of ${encoded} characters in a URL`] : [];
}
