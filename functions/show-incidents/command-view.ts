// Of one incident what its command is made of: the declaration, who has arrived, how it was reported to stand, and everybody
// who was asked for.
import { isInCommand } from "../core/incident/bridge/responders.ts";
import { nextUpdateDue } from "../core/incident/can/report.ts";
import { ownerOf } from "../core/incident/paging/look-up.ts";
import { mayRead } from "../core/incident/sensitive.ts";
import type { Incident, PageRequest } from "../core/incident/state.ts";
import type { Reader } from "../signed-in.ts";
import { readerView } from "./reader-view.ts";

type Names = ReadonlyMap<string, string>;

export function commandView(incident: Incident, names: Names, reader: Reader) {
  const { declaration, can, roster } = incident;
  const due = nextUpdateDue(incident);
  return {
    ...(declaration === undefined
      ? {}
      : {
          codename: declaration.codename,
          synopsis: declaration.synopsis,
          sensitive: declaration.sensitive,
          declaredAt: iso(declaration.at),
          declaredBy: personView(declaration.declaredBy, names),
        }),
    roster: Object.entries(roster).map(([id, { signedInAt, promised }]) => ({
      person: personView(id, names),
      ...(signedInAt === undefined ? {} : { signedInAt: iso(signedInAt) }),
      ...(promised === undefined ? {} : { promisedFor: iso(promised) }),
    })),
    ...(can === undefined
      ? {}
      : {
          can: {
            conditions: can.conditions,
            actions: can.actions,
            needs: can.needs,
            at: iso(can.at),
            by: personView(can.reportedBy, names),
          },
        }),
    ...(due === undefined ? {} : { nextUpdateDue: iso(due) }),
    you: {
      ...readerView(reader),
      /** False as well for a person who is not part of a sensitive incident. */
      mayOrder: reader.may("give-orders") && mayRead(incident, reader.id),
      inCommand: reader.may("give-orders") && isInCommand(incident, reader),
      signedIn: roster[reader.id]?.signedInAt !== undefined,
    },
  };
}

export function requestView(request: PageRequest, names: Names) {
  const { id, kind, about, aboutName, askedBy, state, stage, catchAll, policy } = request;
  const until =
    catchAll?.nextAt ??
    (state.name === "paused" ? state.until : state.name === "open" ? stage?.until : undefined);
  const owner = ownerOf(request);
  return {
    id,
    kind,
    ...(about === undefined
      ? {}
      : { about: { id: about, name: aboutName ?? personView(about, names).name } }),
    ...(askedBy === undefined ? {} : { askedBy: personView(askedBy, names) }),
    ...(owner === undefined ? {} : { owner: personView(owner, names) }),
    state: state.name === "open" && catchAll !== undefined ? "catch-all" : state.name,
    ...(stage === undefined ? {} : { level: stage.level, pass: stage.pass }),
    ...(until === undefined ? {} : { until: iso(until) }),
    levels: policy.levels.map(({ targets, within }) => ({
      people: targets.map((target) => names.get(target.id) ?? target.id),
      within: within / 1000,
    })),
  };
}

/** Everybody of whom the declaration, the roster, the report and the requests speak. */
export const peopleInCommand = ({ declaration, roster, can, paging }: Incident): readonly string[] => [
  ...(declaration === undefined ? [] : [declaration.declaredBy]),
  ...Object.keys(roster),
  ...(can === undefined ? [] : [can.reportedBy]),
  ...Object.values(paging.requests).flatMap(({ kind, about, askedBy }) => [
    ...(kind === "person" && about !== undefined ? [about] : []),
    ...(askedBy === undefined ? [] : [askedBy]),
  ]),
];

const personView = (id: string, names: Names) => ({ id, name: names.get(id) ?? id });
const iso = (at: number): string => new Date(at).toISOString();
