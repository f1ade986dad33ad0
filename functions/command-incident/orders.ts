// What the API calls an order, and what it has to say beside its type. A later part adds its line.
import type { RoomAct } from "../core/incident/bridge/facts.ts";
import { longestReport } from "../core/incident/can/report.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import { longestSynopsis } from "../core/incident/declare.ts";

interface Form {
  /** Fields beside `type`; `?` marks one that may be left out. */
  readonly fields: readonly Field[];
  readonly order: (said: Said) => IncidentOrder;
  /** What is wrong with fields that are each right. */
  readonly wrong?: (said: Said) => FieldError | undefined;
}
type Field = keyof typeof meant | `${keyof typeof meant}?`;
type Said = Readonly<Record<string, string>>;

/** Of each field: what it is, how long it may be, and whether it may be left empty like a line of a form. */
const meant = {
  person: { longest: 100, what: "a person's id" },
  service: { longest: 100, what: "a service's id" },
  call: { longest: 100, what: "the id of a call, as the incident's bridge lists it" },
  synopsis: {
    longest: longestSynopsis,
    empty: true,
    what: "one sentence that says what is wrong; the alert's title where it is left out",
  },
  sensitive: { longest: 5, what: "true or false, as JSON's own or as a text" },
  conditions: { longest: longestReport, empty: true, what: "what it is like" },
  actions: { longest: longestReport, empty: true, what: "what is being done" },
  needs: { longest: longestReport, empty: true, what: "what is missing" },
} as const satisfies Readonly<
  Record<string, { readonly longest: number; readonly empty?: true; readonly what: string }>
>;

const plain = (order: IncidentOrder): Form => ({ fields: [], order: () => order });
const control = (act: RoomAct): Form => ({
  fields: ["call"],
  order: ({ call = "" }) => ({ type: "ControlCaller", call, act }),
});

const forms = {
  acknowledge: plain({ type: "Acknowledge" }),
  escalate: plain({ type: "Escalate" }),
  "stand-down": plain({ type: "StandDown" }),
  resolve: plain({ type: "StandDown" }),
  // the command of a response
  declare: {
    fields: ["synopsis?", "sensitive?"],
    order: ({ synopsis, sensitive }) => ({
      type: "Declare",
      ...(synopsis === undefined ? {} : { synopsis }),
      sensitive: sensitive === "true",
    }),
    wrong: ({ sensitive = "false" }) =>
      sensitive === "true" || sensitive === "false"
        ? undefined
        : { field: "sensitive", message: `has to be ${meant.sensitive.what}` },
  },
  close: plain({ type: "Close" }),
  "sign-in": plain({ type: "SignIn" }),
  report: {
    fields: ["conditions?", "actions?", "needs?"],
    order: ({ conditions = "", actions = "", needs = "" }) => ({
      type: "Report",
      conditions,
      actions,
      needs,
    }),
    wrong: ({ conditions = "", actions = "", needs = "" }) =>
      `${conditions}${actions}${needs}`.trim() === ""
        ? { field: "conditions", message: "has to say something, or actions or needs has to" }
        : undefined,
  },
  page: {
    fields: ["person?", "service?"],
    order: ({ person, service = "" }) =>
      person === undefined ? { type: "PageSubject", service } : { type: "PagePerson", person },
    wrong: ({ person, service }) =>
      (person === undefined) === (service === undefined)
        ? { field: "person", message: "or service has to say whom to page, and one of them only" }
        : undefined,
  },
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
  "let-in": {
    fields: ["call?"],
    order: ({ call }) => ({ type: "LetIn", ...(call === undefined ? {} : { call }) }),
  },
} as const satisfies Readonly<Record<string, Form>>;

export type ReadOrder = { readonly order: IncidentOrder } | Wrong;

interface Wrong {
  readonly wrong: string;
  /** What is wrong, field by field, where it is fields. */
  readonly errors?: readonly FieldError[];
}
interface FieldError {
  readonly field: string;
  readonly message: string;
}

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

function filledIn(
  type: string,
  { fields, order, wrong }: Form,
  said: Readonly<Record<string, unknown>>,
): ReadOrder {
  // A field that is misspelt must not have the wrong phone rung. Orders that name nobody have nothing to mistake.
  const known: ReadonlySet<string> = new Set(["type", ...fields.map(nameOf)]);
  const strange = fields.length === 0 ? undefined : Object.keys(said).find((field) => !known.has(field));
  if (strange !== undefined)
    return {
      wrong: `"${strange.slice(0, 40)}" is no field of ${type}; it takes ${fields.map(nameOf).join(", ")}.`,
    };
  const texts: Record<string, string> = {};
  const errors: FieldError[] = [];
  for (const field of fields) {
    const name = nameOf(field);
    const given = said[name];
    if (given === undefined && field.endsWith("?")) continue;
    const value = name === "sensitive" && typeof given === "boolean" ? String(given) : given;
    const { longest, what, ...may } = meant[name];
    const least = "empty" in may ? 0 : 1;
    if (typeof value !== "string" || value.length < least || value.length > longest)
      errors.push({ field: name, message: `has to be a text of ${least} to ${longest} characters: ${what}` });
    else texts[name] = value;
  }
  const amiss = errors.length === 0 ? wrong?.(texts) : undefined;
  if (amiss !== undefined) errors.push(amiss);
  const [first] = errors;
  return first === undefined
    ? { order: order(texts) }
    : { wrong: `"${first.field}" ${first.message}.`, errors };
}

const nameOf = (field: Field): keyof typeof meant => field.replace("?", "") as keyof typeof meant;
