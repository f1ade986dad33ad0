// Puts the config that a deployment brought into force; a config with mistakes fails the deployment and lists them all.
import { type ConfigProblem, loadConfig } from "../../schemas/load-config.ts";
import { type Applied, applyOrganisation } from "../apply-organisation.ts";
import type { Organisation } from "../core/organisation.ts";
import { seconds } from "../core/time.ts";
import { peopleOf } from "../decisions.ts";
import { described, type Handler, type Tools } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { wantCards } from "../want-cards.ts";

type Answer = Applied & {
  /** How many are on their way anew. */
  readonly cards: number | "failed";
  readonly warnings: readonly ConfigProblem[];
};

/** A third of the function's own time (infra/sizing.ts): one that is cut off fails the deployment, whatever it caught before. */
const timeForCards = seconds(20);

export const make =
  (ports: PortsOf<"apply-config">): Handler<unknown, Answer> =>
  async (_deployment, tools) => {
    const { log } = tools;
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
    const cards = await cardsOf(ports, loaded.organisation, applied.version, tools);
    log.info("config put into force", { ...applied, cards });
    return { ...applied, cards, warnings };
  };

/**
 * Though the file may be the same: the hub's number or its key may be others. The config is in force by now, so a failure is
 * told and not thrown: CloudFormation would roll back, run the config of before, meet the same failure, and be stuck.
 */
async function cardsOf(
  ports: PortsOf<"apply-config">,
  organisation: Organisation,
  version: string,
  tools: Tools,
): Promise<number | "failed"> {
  const people = peopleOf(ports.journal, () => Promise.resolve(version));
  try {
    return await wantCards({ ...ports, people }, organisation, ports.clock.now() + timeForCards);
  } catch (error) {
    tools.log.error("last-resort cards were not sent: apply the config again", { error: described(error) });
    tools.count("OperatorAlarm");
    return "failed";
  }
}
