// Whether people can be reached: numbers, names in the chat, time zones, and rules that name contact methods.
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { channels, phoneChannels } from "../../functions/core/contact.ts";
import { nearest } from "./nearest.ts";
import type { ConfigPath, Finding, Findings } from "./problem.ts";
import { entriesOf, fieldOf, itemsOf } from "./raw.ts";

type ChannelName = (typeof channels)[number];

interface Way {
  readonly path: ConfigPath;
  readonly method: string;
  /** What a rule may call it as well: the phone that this is the text or the call of. */
  readonly phone?: string;
  readonly channel: ChannelName;
  readonly address: string;
}

export function peopleFindings(people: unknown): Findings {
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  const owners: Owners = new Map();
  const signIns = new Map<string, string>();
  const chatters = new Map<string, string>();
  for (const [id, person] of entriesOf(people)) {
    const path = ["people", id];
    const ways = waysOf(person, path);
    problems.push(...zoneFindings(fieldOf(person, "time_zone"), [...path, "time_zone"]));
    problems.push(...ruleFindings(fieldOf(person, "rules"), path, ways));
    if (ways.length === 0 && fieldOf(person, "contact") === undefined)
      problems.push({
        path,
        atKey: true,
        message: `nobody can reach "${id}"`,
        advice: 'add a number: phone: "+12025550101"',
      });
    const email = fieldOf(person, "email");
    const other = typeof email === "string" ? signIns.get(email.toLowerCase()) : undefined;
    if (other !== undefined)
      problems.push({
        path: [...path, "email"],
        message: `"${other}" signs in with the same address`,
        advice: "one address belongs to one person",
      });
    if (typeof email === "string") signIns.set(email.toLowerCase(), id);
    const methods = new Set<string>();
    for (const way of ways) {
      if (methods.has(way.method))
        problems.push({
          path: way.path,
          message: `two ways of "${id}" are named "${way.method}"`,
          advice: "give each an id of its own",
        });
      methods.add(way.method);
    }
    for (const [n, way] of ways.entries()) {
      // A phone is two ways with one number: it is looked at once.
      if (way.phone !== undefined && ways[n - 1]?.path.join() === way.path.join()) continue;
      if (way.channel === "teams") {
        problems.push(...chatFindings(way, id, chatters));
        continue;
      }
      const found = numberFindings(way, id, owners);
      problems.push(...found.problems);
      warnings.push(...found.warnings);
    }
  }
  return { problems, warnings };
}

const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const principalName = /^[^\s@/]{1,64}@[^\s@/]{1,190}$/;

/** By it the hub knows who pressed a button: it says so of one person only. */
function chatFindings({ path, address }: Way, id: string, chatters: Map<string, string>): readonly Finding[] {
  const written = address.trim().toLowerCase();
  if (!objectId.test(written) && !principalName.test(written))
    return [
      {
        path,
        message: "this is nobody's name in Teams",
        advice: "write the user principal name, such as ada@example.com, or the account's object id",
      },
    ];
  const other = chatters.get(written);
  chatters.set(written, id);
  return other === undefined
    ? []
    : [
        {
          path,
          message:
            other === id ? "it stands twice with this person" : `"${other}" has the same name in Teams`,
          advice: "one account belongs to one person, once",
        },
      ];
}

/** Whose a number is, and on which channels. */
type Owners = Map<string, { readonly person: string; readonly channels: Set<ChannelName> }>;

function numberFindings(way: Way, id: string, owners: Owners): Findings {
  const number = parsePhoneNumberFromString(way.address);
  if (
    number === undefined ||
    !number.isPossible() ||
    !/^\+\d{7,15}$/.test(number.number) ||
    number.ext !== undefined
  ) {
    const message = "this is no phone number that anybody could have";
    const advice = 'write it with its country code, in quotes: "+12025550101"';
    return { problems: [{ path: way.path, message, advice }], warnings: [] };
  }
  const warnings: Finding[] = [];
  const ending = `…${number.number.slice(-2)}`;
  if (!number.isValid())
    warnings.push({
      path: way.path,
      message: `the number ${ending} is in no range that is in use`,
      advice: "check it; it is kept as it is",
    });
  const owner = owners.get(number.number) ?? { person: id, channels: new Set() };
  const uses = way.path.at(-1) === "phone" ? phoneChannels : [way.channel];
  // One number that is texted and called is the usual case.
  if (owner.person !== id || uses.some((channel) => owner.channels.has(channel)))
    warnings.push({
      path: way.path,
      message:
        owner.person === id
          ? `the number ${ending} stands twice with "${id}"`
          : `the number ${ending} belongs to "${owner.person}" as well`,
      advice: "an answer from a shared number can't tell who gave it",
    });
  if (owner.person === id) for (const channel of uses) owner.channels.add(channel);
  owners.set(number.number, owner);
  return { problems: [], warnings };
}

/** E.164, as it is stored; only for numbers that passed the check. */
/** "46" of +46701740605. */
export const callingCodeOf = (written: string): string | undefined =>
  parsePhoneNumberFromString(written)?.countryCallingCode;

export const e164 = (written: string): string => parsePhoneNumberFromString(written)?.number ?? written;

/**
 * The simple form first, under the channel's name; then the list, each under its id or else its channel's name. A phone,
 * or an entry with several numbers, is several ways: "work" is then "work-sms" and "work-voice", and rules may name all three.
 */
export const waysOf = (person: unknown, path: ConfigPath): readonly Way[] => [
  ...waysAt(person, path, undefined),
  ...itemsOf(fieldOf(person, "contact")).flatMap((entry, n) =>
    waysAt(entry, [...path, "contact", n], fieldOf(entry, "id")),
  ),
];

function waysAt(from: unknown, where: ConfigPath, id: unknown): readonly Way[] {
  const written = ["phone", ...channels].flatMap((field) => {
    const address = fieldOf(from, field);
    return typeof address === "string" ? [{ field, address, path: [...where, field] }] : [];
  });
  const ways = written.flatMap(({ field, address, path }) =>
    channels
      .filter((channel) => field === channel || (field === "phone" && channel !== "teams"))
      .map((channel) => ({ channel, address, path, ...(field === "phone" && { phone: "phone" }) })),
  );
  if (typeof id !== "string") return ways.map((way) => ({ ...way, method: way.channel }));
  return ways.length < 2
    ? ways.map((way) => ({ ...way, method: id }))
    : ways.map((way) => ({ ...way, method: `${id}-${way.channel}`, phone: id }));
}

const goodZones = new Set<string>();

function zoneFindings(zone: unknown, path: ConfigPath): readonly Finding[] {
  if (typeof zone !== "string" || goodZones.has(zone)) return [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const meant = nearest(zone, Intl.supportedValuesOf("timeZone"));
    return [
      {
        path,
        message: `there is no time zone "${zone}"`,
        advice:
          meant === undefined ? "use an IANA name, for example Europe/London" : `did you mean "${meant}"?`,
      },
    ];
  }
  if (!/^[+-]/.test(zone)) {
    goodZones.add(zone); // asking takes a while, and thousands of people live in the same few
    return [];
  }
  // "+02:00" is a zone to Intl, but knows no summer time: nobody lives in it.
  return [
    {
      path,
      message: `"${zone}" is an offset, not a time zone`,
      advice: "use an IANA name, for example Europe/London",
    },
  ];
}

function ruleFindings(rules: unknown, path: ConfigPath, ways: readonly Way[]): readonly Finding[] {
  const methods = new Set(
    ways.flatMap(({ method, phone }) => (phone === undefined ? [method] : [method, phone])),
  );
  return entriesOf(rules).flatMap(([urgency, steps]) =>
    itemsOf(steps).flatMap((step, n) => {
      const simple = typeof step === "string";
      const method = simple ? step : fieldOf(step, "method");
      if (typeof method !== "string" || methods.has(method)) return [];
      const meant = nearest(method, methods);
      return [
        {
          path: [...path, "rules", urgency, n, ...(simple ? [] : ["method"])],
          message: `there is no contact method "${method}" here`,
          advice:
            meant === undefined
              ? `known are ${[...methods].join(", ") || "none"}`
              : `did you mean "${meant}"?`,
        },
      ];
    }),
  );
}
