// What would go wrong on the night it matters, found by looking now: who can't be reached, and what is not set up.
import type { Person } from "../core/organisation.ts";
import { directory } from "../directory.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { notSignedIn, signedIn } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";
import type { Finding, Standing } from "./finding.ts";
import { personFindings } from "./people.ts";
import { teamsFindings } from "./teams.ts";

const order: readonly Standing[] = ["problem", "warning", "fine"];

export function make(ports: PortsOf<"show-readiness">): HttpHandler {
  const house = { ...ports, directory: directory(ports.configItems, ports.clock) };

  const everybody = async (): Promise<readonly Person[]> => {
    const listed = await house.directory.everybody();
    const people = await Promise.all(listed.map(({ id }) => house.directory.person(id)));
    return people.filter((person) => person !== undefined);
  };

  return async (event) => {
    if (signedIn(event) === undefined) return problemResult(notSignedIn);
    const people = await everybody();
    const found = await Promise.all([
      ...people.map((person) => personFindings(ports.journal, person)),
      teamsFindings(house, people),
    ]);
    const findings = found
      .flat()
      .toSorted((a: Finding, b: Finding) => order.indexOf(a.standing) - order.indexOf(b.standing));
    return jsonResult(200, {
      ready: !findings.some(({ standing }) => standing === "problem"),
      people: people.length,
      findings,
    });
  };
}
