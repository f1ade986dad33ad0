// Performs a script in one call, verb by verb, until it ends or leads to another; what goes wrong leads to the fallback.
import { cancellable } from "../timers.ts";
import type { WebAddress } from "../webhooks.ts";
import { type Call, type CallStatus, iso, type Line, phoneOf } from "./call.ts";
import { callForm, type Form } from "./call-form.ts";
import { askHub } from "./instructions.ts";
import type { CallParts } from "./parts.ts";
import { perform } from "./perform/verbs.ts";
import type { Scene } from "./scene.ts";
import { readTwiml, type Verb } from "./twiml.ts";

export interface Performance {
  readonly begin: (instructions: WebAddress | { readonly twiml: string }) => void;
  readonly press: (key: string) => void;
  readonly note: (text: string) => void;
  /** Leaves the script wherever it is. */
  readonly stop: () => void;
}

export interface Hooks {
  readonly end: (status: CallStatus) => void;
  readonly heard: () => void;
  /** Before the first verb of the first script; false when the call ended over it. */
  readonly opens: (first: Verb | undefined) => boolean;
}

const mostLines = 500;
// Twilio lets a call go on for four hours; a script that leads round in no time must not.
const mostRequests = 500;
const apology = "We are sorry, an application error has occurred. Goodbye.";

export function performance(call: Call, parts: CallParts, { end, heard, opens }: Hooks): Performance {
  const { events, now, background, problem, speechSpeed } = parts;
  let current = cancellable(parts.timers);
  let listener: ((key: string) => void) | undefined;
  let undo: (() => void) | undefined;
  let script = 0;
  let requests = 0;
  let opened = false;

  function add(who: Line["who"], text: string): void {
    call.transcript.push({ at: iso(now()), who, text });
    if (call.transcript.length > mostLines) call.transcript.shift();
    events.tell({ type: "line", phone: phoneOf(call), sid: call.sid, who, text });
  }

  function listen(next: typeof listener): void {
    listener = next;
    if (call.listening === (next !== undefined)) return;
    call.listening = next !== undefined;
    events.tell({ type: "call", phone: phoneOf(call), sid: call.sid, status: call.status });
  }

  function leave(): number {
    current.cancelAll();
    current = cancellable(parts.timers);
    listen(undefined);
    const before = undo;
    undo = undefined;
    script += 1;
    const mine = script;
    before?.();
    return mine;
  }

  function load(address: WebAddress, more: Form, isFallback = false): void {
    const mine = leave();
    requests += 1;
    if (requests > mostRequests) {
      problem(call, 11210, "The script leads round and round");
      return end("completed");
    }
    if (!isFallback && parts.faults.next(phoneOf(call), "hub-down") !== undefined)
      return fail(11205, "Scripted fault", address.url, false);
    const asked = askHub(
      address,
      { ...callForm(call, parts.account), ...more },
      `${call.sid}-${requests}`,
      parts,
    ).then((found) => {
      if (mine !== script) return; // led elsewhere meanwhile, or over
      if (found.outcome === "failed") return fail(found.code, found.reason, address.url, isFallback);
      for (const warning of found.warnings) problem(call, 12200, warning);
      play([...found.verbs], address);
    });
    background(asked);
  }

  function fail(code: number, reason: string, url: string, isFallback: boolean): void {
    problem(call, code, `${reason} (${URL.parse(url)?.pathname ?? url})`);
    const { fallback } = call.plan;
    if (fallback !== undefined && !isFallback)
      return load(fallback, { ErrorCode: String(code), ErrorUrl: url }, true);
    if (!open(undefined)) return;
    add("voice", apology);
    end("completed");
  }

  function open(first: Verb | undefined): boolean {
    if (opened) return true;
    opened = true;
    return opens(first);
  }

  function play(verbs: Verb[], base: WebAddress | undefined): void {
    const mine = script;
    if (!open(verbs[0])) return;
    const absolute = (address: string): string | undefined =>
      URL.parse(address === "" ? (base?.url ?? "") : address, base?.url)?.href;
    const scene: Scene = {
      call,
      parts,
      timers: { after: (ms, run) => current.timers.after(ms, run) },
      say(text) {
        add("voice", text);
        heard();
        return speechSpeed === 0 ? 0 : Math.ceil((text.length / speechSpeed) * 1000);
      },
      note: (text) => add("note", text),
      listen,
      onLeave: (action) => (undo = action),
      next,
      absolute,
      goTo(address, method, form) {
        const url = absolute(address);
        if (url === undefined) return fail(11100, `"${address}" is no address`, address, false);
        load({ url, method: method?.toUpperCase() === "GET" ? "GET" : "POST" }, form);
      },
      end: (status = "completed") => end(status),
    };
    function next(): void {
      if (mine !== script) return;
      const verb = verbs.shift();
      if (verb === undefined) return end("completed");
      perform[verb.name](verb, scene);
    }
    next();
  }

  return {
    begin(instructions) {
      if ("url" in instructions) return load(instructions, {});
      leave();
      const read = readTwiml(instructions.twiml);
      if (read.outcome === "unreadable") return fail(12100, read.reason, "", true);
      for (const warning of read.warnings) problem(call, 12200, warning);
      play([...read.verbs], undefined);
    },
    press(key) {
      add("key", key);
      listener?.(key);
    },
    note: (text) => add("note", text),
    stop: () => void leave(),
  };
}
