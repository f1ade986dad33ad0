// Incidents under command, as the API tells them.
import type { Incident } from "../../functions/show-post/page/wire.d.ts";
import { graceHasIt, hostile, iso } from "./incidents.ts";

const ada = { id: "ada", name: "Ada Byron" };
const grace = { id: "grace", name: "Grace Hopper" };

/** Grace has it, looks at it herself, and nothing was declared. */
export const inTriage = (change: Partial<Incident> = {}): Incident => ({
  ...graceHasIt(),
  roster: [],
  requests: [],
  you: { id: "grace", inCommand: true, signedIn: false },
  ...change,
});

export const declared = (change: Partial<Incident> = {}): Incident =>
  inTriage({
    version: 20,
    phase: "declared",
    codename: "Osprey",
    synopsis: "Payments fail for customers in Europe.",
    sensitive: false,
    roster: [
      { person: grace, signedInAt: iso(200) },
      { person: ada, promisedFor: iso(-600) },
    ],
    can: {
      conditions: "Half of the payments fail.\nSearch is not affected.",
      actions: "The last deployment is rolled back.",
      needs: "",
      at: iso(1500),
      by: grace,
    },
    nextUpdateDue: iso(-2100),
    requests: [
      { id: "owner", kind: "owner", state: "satisfied", owner: grace, levels: [] },
      { id: "r1", kind: "person", about: ada, askedBy: grace, owner: ada, state: "satisfied", levels: [] },
      {
        id: "r2",
        kind: "subject",
        about: { id: "network", name: "Network" },
        askedBy: grace,
        state: "catch-all",
        levels: [],
      },
    ],
    you: { id: "grace", inCommand: true, signedIn: true },
    ...change,
  });

/** Every text of it is an attack on the page. */
export const attacked = (): Incident => {
  const { script, reordered, endless } = hostile;
  const person = { id: "x", name: `${script}${reordered}` };
  return declared({
    codename: script,
    synopsis: `${script}${endless}`,
    sensitive: true,
    roster: [
      { person, signedInAt: iso(20) },
      { person: { ...person, id: "y" }, promisedFor: "never" },
    ],
    can: { conditions: script, actions: reordered, needs: endless, at: "?", by: person },
    nextUpdateDue: iso(20),
    requests: [{ id: "r1", kind: "person", about: person, askedBy: person, state: "open", levels: [] }],
  });
};
