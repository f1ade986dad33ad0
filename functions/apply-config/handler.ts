// Puts the config that a deployment brought into force; a config with mistakes fails the deployment and lists them all.
import { type ConfigProblem, loadConfig } from "../../schemas/load-config.ts";
import { type Applied, applyOrganisation } from "../apply-organisation.ts";
import { peopleOf } from "../decisions.ts";
import type { Handler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { wantCards } from "../want-cards.ts";

type Answer = Applied & { readonly warnings: readonly ConfigProblem[] };

export const make =
  (ports: PortsOf<"apply-config">): Handler<unknown, Answer> =>
  async (_deployment, { log }) => {
    const loaded = loadConfig(await ports.configAsset.read());
    if ("problems" in loaded) {
      const list = loaded.problems.map(
        ({ line, column, message, advice }) => `${line}:${column} ${message}; ${advice}`,
      );
      throw new Error(`The config was not applied. Mend it and deploy again:\n${list.join("\n")}`);
    }
    const { warnings } = loaded;
    for (const { line, column, path, message: warning, advice } of warnings)
      log.warn("config warning", { line, column, path, warning, advice });
    const applied = await applyOrganisation(ports, loaded);
    // Though the file may be the same: the hub's number or its key may be others.
    const people = peopleOf(ports.journal, () => Promise.resolve(applied.version));
    const cards = await wantCards({ ...ports, people }, loaded.organisation);
    log.info("config put into force", { ...applied, cards });
    return { ...applied, warnings };
  };
