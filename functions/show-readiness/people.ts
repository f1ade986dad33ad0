// Whether everybody has a way to be reached: what bounced, was closed by the person, or is refused by a carrier, can't be
// counted on.
import { closedBecause } from "../core/person/person.ts";
import { addressDigest } from "../digest.ts";
import type { Known, Refused } from "../everybody.ts";
import { refusalAdvice, refusedFor, refusedForSender } from "../wording/refusals.ts";
import { channelWords } from "../wording/words.ts";
import type { Finding } from "./finding.ts";

export function personFindings({ person: { id, name, methods }, learned }: Known): readonly Finding[] {
  const closed = methods.flatMap((method) => {
    const why = closedBecause(learned, method.id, addressDigest(method.address));
    return why === undefined ? [] : [{ method, why }];
  });
  const about = { area: "people", about: id } as const;
  if (closed.length === methods.length)
    return [
      {
        ...about,
        standing: "problem",
        says: `${name} can't be reached at all: every way is closed`,
        advice: "give them another number, or have them text START to the hub's number",
      },
    ];
  return closed.map(({ method, why }) => ({
    ...about,
    standing: "warning",
    says:
      why === "opted-out"
        ? `${name} has texted STOP: no ${channelWords[method.channel]} goes to "${method.id}"`
        : `${name}'s "${method.id}" does not take ${channelWords[method.channel]}`,
    advice:
      why === "opted-out" ? "have them text START to the hub's number" : "mend the number in the config",
  }));
}

/** A problem though another carrier may take the page: it takes fewer answers, or is not there that night. */
export function refusalFindings(refused: readonly Refused[]): readonly Finding[] {
  const [own, sender] = [
    refused.filter(({ refusal }) => refusal.scope === "person"),
    refused.filter(({ refusal }) => refusal.scope === "sender"),
  ];
  const bySender = Map.groupBy(
    sender,
    ({ refusal: { carrier, channel, reason } }) => `${carrier} ${channel} ${reason}`,
  );
  return [
    ...own.map(
      ({ person, refusal }): Finding => ({
        standing: "problem",
        area: "people",
        about: person.id,
        says: refusedFor(refusal, person.name, refusal.method),
        advice: refusalAdvice(refusal),
        since: isoTime(refusal.since),
      }),
    ),
    ...[...bySender.values()].flatMap((alike): readonly Finding[] => {
      const [first] = alike.toSorted((a, b) => a.refusal.since - b.refusal.since);
      if (first === undefined) return [];
      const names = [...new Set(alike.map(({ person }) => person.name))];
      return [
        {
          standing: "problem",
          area: "carriers",
          about: first.refusal.carrier,
          says: refusedForSender(first.refusal, names),
          advice: refusalAdvice(first.refusal),
          since: isoTime(first.refusal.since),
        },
      ];
    }),
  ];
}

const isoTime = (at: number): string => new Date(at).toISOString();
