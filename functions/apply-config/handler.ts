// Puts the config that a deployment brought into force; a config with mistakes fails the deployment and lists them all.
import { loadConfig } from "../../schemas/load-config.ts";
import { type Applied, applyOrganisation } from "../apply-organisation.ts";
import { peopleOf } from "../decisions.ts";
import type { Handler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { wantCards } from "../want-cards.ts";

export const make =
  (ports: PortsOf<"apply-config">): Handler<unknown, Applied> =>
  async (_deployment, { log }) => {
    const loaded = loadConfig(await ports.configAsset.read());
    if ("problems" in loaded) {
      const list = loaded.problems.map(
        ({ line, column, message, advice }) => `${line}:${column} ${message}; ${advice}`,
      );
      throw new Error(`The config was not applied. Mend it and deploy again:\n${list.join("\n")}`);
    }
    for (const { line, message, advice } of loaded.warnings)
      log.warn("config warning", { line, message, advice });
    const applied = await applyOrganisation(ports, loaded);
    // Though the file may be the same: the hub's number or its key may be others.
    const people = peopleOf(ports.journal, () => Promise.resolve(applied.version));
    const cards = await wantCards({ ...ports, people }, loaded.organisation);
    log.info("config put into force", { ...applied, cards });
    return applied;
  };
