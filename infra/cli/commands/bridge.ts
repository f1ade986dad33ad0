// The phone bridge of one incident: opened, looked at, and commanded.
import { printableJson } from "../../../functions/core/text.ts";
import { type Command, type ExitCode, hubOptions, type Values } from "../command.ts";
import { columns } from "../help.ts";
import { callHub } from "../hub.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

interface Caller {
  readonly call: string;
  readonly person?: { readonly id: string };
  readonly name: string;
  readonly presence: string;
  readonly muted: boolean;
  readonly since: string;
}
interface Bridge {
  readonly state: string;
  readonly number?: string;
  readonly pin?: string;
  readonly recorded?: boolean;
  readonly returning: boolean;
  readonly callers: readonly Caller[];
  readonly callIns: readonly { readonly person: { readonly name: string }; readonly state: string }[];
}

interface Act {
  readonly help: string;
  /** What the hub calls it; nothing is ordered where it is left out. */
  readonly order?: string;
  readonly done?: string;
  /** Whom it is about. */
  readonly whom?: "call" | "person?";
}

const acts: Readonly<Record<string, Act>> = {
  who: { help: "how to get in, who is in the room, who waits to be let in, who is being called" },
  open: { help: "open a bridge: responders get its number and PIN", order: "open-bridge", done: "asked for" },
  "call-in": {
    help: "have WHOM, a person's id, called into the room; you, without one",
    order: "call-in",
    done: "calling",
    whom: "person?",
  },
  mute: {
    help: "mute WHOM: a call, or the id of whoever calls",
    order: "mute",
    done: "muting",
    whom: "call",
  },
  unmute: { help: "let everybody hear WHOM again", order: "unmute", done: "unmuting", whom: "call" },
  remove: { help: "take WHOM out of the room", order: "remove", done: "removing", whom: "call" },
  "let-in": {
    help: "let WHOM in: a waiting call, or the id of a person who waits",
    order: "let-in",
    done: "letting in",
    whom: "call",
  },
  return: {
    help: "send everybody back to the chat; it ends when the last one leaves",
    order: "return-to-chat",
    done: "sent back to the chat",
  },
  end: { help: "end it at once: its PIN opens nothing any more", order: "end-bridge", done: "ended" },
};

export const bridge: Command = {
  summary: "the phone bridge of an incident: who is in it, and what to do",
  words: "ACT ID [WHOM]",
  details: [
    "ACT is one of:",
    ...columns(Object.entries(acts).map(([name, { help }]) => [`  ${name}`, help])),
  ],
  options: hubOptions,
  async run(values, terminal) {
    const [name = "", id = "", whom] = values.words;
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act === undefined) return misunderstood(terminal, `"${inert(name)}" is none of ${list}`);
    if (whom !== undefined && act.whom === undefined)
      return misunderstood(terminal, `${name} is about nobody in particular: "${inert(whom)}" is too much`);
    if (whom === undefined && act.whom === "call")
      return misunderstood(terminal, `${name} wants to know WHOM`);
    return act.order === undefined
      ? who(id, values, terminal)
      : carryOut({ ...act, order: act.order }, id, whom, values, terminal);
  },
};

const list = Object.keys(acts).join(", ");

function misunderstood(terminal: Terminal, why: string): ExitCode {
  terminal.err(`muster bridge: ${why}; muster bridge --help says more`);
  return 2;
}

async function look(id: string, values: Values, terminal: Terminal): Promise<Bridge | undefined> {
  const path = `/api/incidents/${encodeURIComponent(id)}`;
  const answer = await callHub({ method: "GET", path }, values, terminal);
  return answer === undefined ? undefined : (answer as { readonly bridge: Bridge }).bridge;
}

async function carryOut(
  { order, done = "done", whom: about }: Act & { readonly order: string },
  id: string,
  whom: string | undefined,
  values: Values,
  terminal: Terminal,
): Promise<ExitCode> {
  let body: Readonly<Record<string, string>> = { type: order };
  if (whom !== undefined && about === "person?") body = { ...body, person: whom };
  if (whom !== undefined && about === "call") {
    const seen = await look(id, values, terminal);
    if (seen === undefined) return 1;
    const inside = seen.callers.filter(({ presence }) => presence === "in" || presence === "waiting");
    const meant = inside.find(({ call, person }) => call === whom || person?.id === whom);
    // The hub refuses a call that it does not know by its own name for that.
    body = { ...body, call: meant?.call ?? whom };
  }
  const path = `/api/incidents/${encodeURIComponent(id)}/commands`;
  const answer = await callHub({ method: "POST", path, body }, values, terminal);
  if (answer === undefined) return 1;
  const said = [painted(terminal, "green", done), inert(id), ...(whom === undefined ? [] : [inert(whom)])];
  terminal.out(values.flag("json") ? printableJson(answer) : said.join("  "));
  return 0;
}

async function who(id: string, values: Values, terminal: Terminal): Promise<ExitCode> {
  const seen = await look(id, values, terminal);
  if (seen === undefined) return 1;
  if (values.flag("json")) terminal.out(printableJson(seen));
  else print(seen, terminal);
  return 0;
}

const states: Readonly<Record<string, string>> = {
  none: "no bridge was opened",
  wanted: "being opened",
  open: "open",
  ended: "ended",
};

function print(
  { state, number, pin, recorded, returning, callers, callIns }: Bridge,
  terminal: Terminal,
): void {
  const words = [states[state] ?? state];
  if (number !== undefined) words.push(`dial ${number}`);
  if (pin !== undefined) words.push(`PIN ${pin}`);
  if (recorded === true) words.push("recorded");
  if (returning) words.push("everybody goes back to the chat");
  terminal.out(painted(terminal, "bold", words.map(inert).join(" · ")));
  const inside = callers.filter(({ presence }) => presence === "in");
  if (state === "open" && inside.length === 0) terminal.out("nobody is in the room");
  const waiting = callers.filter(({ presence }) => presence === "waiting");
  for (const { call, name, since } of waiting)
    terminal.out(
      painted(terminal, "yellow", ["waits to be let in", call, name, since].map(inert).join("  ")),
    );
  const rows = inside.map(({ call, person, name, muted, since }) =>
    [person?.id ?? call, name, muted ? "muted" : "", since].map(inert),
  );
  for (const row of columns(rows)) terminal.out(row);
  const called = callIns.filter((each) => each.state === "wanted" || each.state === "handed");
  if (state === "open" && called.length > 0)
    terminal.out(`being called: ${called.map(({ person }) => inert(person.name)).join(", ")}`);
}
