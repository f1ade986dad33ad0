// What would go wrong on the night it matters, found by looking now: who can't be reached, and what is not set up.
import { directory } from "../directory.ts";
import { everybody, refusedNow } from "../everybody.ts";
import { jsonResult } from "../problem.ts";
import { forReaders, type GatedHandler } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";
import { carrierFindings } from "./carriers.ts";
import type { Finding, Standing } from "./finding.ts";
import { personFindings, refusalFindings } from "./people.ts";
import { signInFindings } from "./sign-in.ts";
import { teamsFindings } from "./teams.ts";

const order: readonly Standing[] = ["problem", "warning", "fine"];

export function make(ports: PortsOf<"show-readiness">): GatedHandler {
  const house = { ...ports, directory: directory(ports.configItems, ports.clock) };

  return forReaders("show-readiness", house, async () => {
    const known = await everybody(house.directory, ports.journal);
    const people = known.map(({ person }) => person);
    const [carriers, teams] = await Promise.all([carrierFindings(ports), teamsFindings(house, people)]);
    const findings = [
      ...known.flatMap(personFindings),
      ...refusalFindings(refusedNow(known)),
      ...signInFindings(people, ports.signInSettings.signIn()),
      ...carriers,
      ...teams,
    ].toSorted((a: Finding, b: Finding) => order.indexOf(a.standing) - order.indexOf(b.standing));
    return jsonResult(200, {
      ready: !findings.some(({ standing }) => standing === "problem"),
      people: people.length,
      findings,
    });
  });
}
