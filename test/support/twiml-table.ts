// What a call's script may consist of, from Twilio's reference for the verbs that we speak with, and the judge that holds a
// document against it. The reader is another one than the builder that writes the scripts.
import { DOMParser, type Element } from "@xmldom/xmldom";

interface Rule {
  readonly attributes: Readonly<Record<string, RegExp>>;
  readonly needed: readonly string[];
  readonly nested: readonly string[];
  /** Whether words stand in it. */
  readonly text: boolean;
  /** Verbs after it are never reached. */
  readonly last?: true;
}

const language = /^[a-z]{2,3}-[A-Z]{2}$/;
const address = /^https:\/\/[^\s"'<>]+$/;

export const twimlTable: Readonly<Record<string, Rule>> = {
  // https://www.twilio.com/docs/voice/twiml
  Response: {
    attributes: {},
    needed: [],
    nested: ["Say", "Pause", "Gather", "Hangup"],
    text: false,
  },
  // https://www.twilio.com/docs/voice/twiml/say
  Say: {
    attributes: { language, voice: /^(man|woman|(Polly|Google)\.[\w-]+)$/, loop: /^\d+$/ },
    needed: ["language"],
    nested: [], // it may hold SSML; nothing of ours does, so that whatever is there came from outside
    text: true,
  },
  // https://www.twilio.com/docs/voice/twiml/pause
  Pause: { attributes: { length: /^[1-9]\d*$/ }, needed: [], nested: [], text: false },
  // https://www.twilio.com/docs/voice/twiml/gather
  Gather: {
    attributes: {
      action: address,
      actionOnEmptyResult: /^(true|false)$/,
      finishOnKey: /^[0-9#*]?$/,
      input: /^dtmf$/,
      method: /^(GET|POST)$/,
      numDigits: /^[1-9]\d*$/,
      timeout: /^[1-9]\d*$/,
    },
    // Without these a call would listen for speech, wait for more keys, go on in silence, or lose the # key.
    needed: ["action", "actionOnEmptyResult", "finishOnKey", "input", "method", "numDigits", "timeout"],
    nested: ["Say", "Pause"],
    text: false,
    last: true, // with actionOnEmptyResult the call always goes on at its action
  },
  // https://www.twilio.com/docs/voice/twiml/hangup
  Hangup: { attributes: {}, needed: [], nested: [], text: false, last: true },
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
  readonly verbs: readonly string[];
}

export function readScript(xml: string): ReadScript {
  const faults: string[] = [];
  const onError = (_level: string, message: string): void => void faults.push(message);
  const root = new DOMParser({ onError }).parseFromString(xml, "text/xml").documentElement;
  if (root?.tagName !== "Response") throw new Error(`No script: ${xml.slice(0, 200)}`);
  if (xml.length > longestDocument) faults.push(`${xml.length} characters are too many`);
  const elements = judged(root, faults);
  const gather = elements.find(({ tagName }) => tagName === "Gather");
  return {
    faults,
    spoken: elements
      .filter(({ tagName }) => tagName === "Say")
      .map(({ textContent }) => textContent ?? "")
      .join(" "),
    action: gather?.getAttribute("action") ?? undefined,
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
  if (rule.text) faults.push(...faultsOfWords(parent));
  const elements = children.filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
  const others = children.filter(({ nodeType, TEXT_NODE }) => !(rule.text && nodeType === TEXT_NODE));
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
