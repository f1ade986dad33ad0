// Who would be paged now: level by level, as the config's policy has it.
import { withoutManners } from "../../core/chat-words.ts";
import { findNamed } from "../../core/near.ts";
import type { ServicePlan } from "../../core/policy.ts";
import { chatWords } from "../../wording/chat.ts";
import type { House } from "../house.ts";
import type { Command } from "./command.ts";

/** More than this nobody reads in a chat. */
const mostServices = 8;

export const onCall: Command = {
  verb: "on-call",
  words: [
    "on call",
    "oncall",
    "who is on call",
    "whos on call",
    "who is on call for",
    "whos on call for",
    "on call for",
    "who",
  ],
  takes: "words",
  changes: false,
  help: {
    typed: ({ service }) => (service === undefined ? "on call" : `on call ${service}`),
    does: "who would be paged now",
  },
  needs: "nothing",
  async run(house, asked, about) {
    const services = await house.directory.services();
    const said = withoutManners(asked.filled.service ?? asked.rest);
    if (said !== "") {
      const found = findNamed(
        said,
        services.map(({ id, name }) => ({ id, names: [id, name] })),
      );
      if (found.outcome === "one") return { kind: "done", text: await inWords(house, [found.id]) };
      const names = services.map(({ name }) => name);
      return { kind: "refused", text: chatWords.noSuchService(said.slice(0, 40), names) };
    }
    const one = about?.incident.signal.service;
    const ids = one === undefined ? services.slice(0, mostServices).map(({ id }) => id) : [one];
    return { kind: "done", text: await inWords(house, ids) };
  },
};

async function inWords({ directory }: House, services: readonly string[]): Promise<string> {
  const found = await Promise.all(services.map((service) => directory.plan(service)));
  const plans = found.filter((plan) => plan !== undefined);
  const people = plans.flatMap(({ policy: { levels, catchAll } }) =>
    [...levels.flatMap(({ targets }) => targets), ...catchAll].map(({ id }) => id),
  );
  const names = await directory.names(people);
  return plans.map((plan) => planInWords(plan, names)).join("\n");
}

function planInWords({ name, policy }: ServicePlan, names: ReadonlyMap<string, string>): string {
  const called = (targets: readonly { readonly id: string }[]) =>
    targets.map(({ id }) => names.get(id) ?? id);
  const levels = policy.levels.map(({ targets, within }) => ({ names: called(targets), within }));
  return chatWords.whoIsOnCall(name, levels, called(policy.catchAll));
}
