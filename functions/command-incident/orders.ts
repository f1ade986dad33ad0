// What the API calls an order, and what it has to say beside its type. A later part adds its line.
import type { CallerAct } from "../core/incident/bridge/facts.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";

interface Form {
  /** Fields beside `type`; `?` marks one that may be left out. */
  readonly fields: readonly Field[];
  readonly order: (said: Readonly<Record<string, string>>) => IncidentOrder;
}
type Field = "person?" | "call";

const plain = (order: IncidentOrder): Form => ({ fields: [], order: () => order });
const control = (act: CallerAct): Form => ({
  fields: ["call"],
  order: ({ call = "" }) => ({ type: "ControlCaller", call, act }),
});

const forms = {
  acknowledge: plain({ type: "Acknowledge" }),
  escalate: plain({ type: "Escalate" }),
  "stand-down": plain({ type: "StandDown" }),
  resolve: plain({ type: "StandDown" }),
  // the bridge
  "open-bridge": plain({ type: "OpenBridge" }),
  "end-bridge": plain({ type: "EndBridge" }),
  "return-to-chat": plain({ type: "ReturnToChat" }),
  "call-in": {
    fields: ["person?"],
    order: ({ person }) => ({ type: "CallIn", ...(person === undefined ? {} : { person }) }),
  },
  mute: control("mute"),
  unmute: control("unmute"),
  remove: control("remove"),
} as const satisfies Readonly<Record<string, Form>>;

export type ReadOrder = { readonly order: IncidentOrder } | { readonly wrong: string };

export function readOrder(body: string): ReadOrder {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return { wrong: `The body has to be JSON, for example {"type":"acknowledge"}.` };
  }
  const said: Readonly<Record<string, unknown>> =
    typeof given === "object" && given !== null ? { ...given } : {};
  const { type } = said;
  if (typeof type !== "string" || !Object.hasOwn(forms, type))
    return { wrong: `"type" has to be one of: ${Object.keys(forms).join(", ")}.` };
  return filledIn(type, forms[type as keyof typeof forms], said);
}

function filledIn(type: string, { fields, order }: Form, said: Readonly<Record<string, unknown>>): ReadOrder {
  // A field that is misspelt must not have the wrong phone rung. Orders that name nobody have nothing to mistake.
  const known: ReadonlySet<string> = new Set(["type", ...fields.map(nameOf)]);
  const strange = fields.length === 0 ? undefined : Object.keys(said).find((field) => !known.has(field));
  if (strange !== undefined)
    return {
      wrong: `"${strange.slice(0, 40)}" is no field of ${type}; it takes ${fields.map(nameOf).join(", ")}.`,
    };
  const texts: Record<string, string> = {};
  for (const field of fields) {
    const name = nameOf(field);
    const value = said[name];
    if (value === undefined && field.endsWith("?")) continue;
    if (typeof value !== "string" || value === "" || value.length > longest)
      return { wrong: `"${name}" has to be a text of 1 to ${longest} characters: ${meant[name]}.` };
    texts[name] = value;
  }
  return { order: order(texts) };
}

const longest = 100;
const meant: Readonly<Record<string, string>> = {
  person: "the id of whoever is called in; left out for yourself",
  call: "the id of a call, as the incident's bridge lists it",
};

const nameOf = (field: Field): string => field.replace("?", "");
