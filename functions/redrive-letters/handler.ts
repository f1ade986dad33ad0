// What no function could take, and the one order that puts it back on its way.
import { directory } from "../directory.ts";
import { jsonResult } from "../problem.ts";
import { forReaders } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";

const shown = 100;
const atOnce = 1000;

export const make = ({ deadLetters, configItems, clock, signInSettings }: PortsOf<"redrive-letters">) => {
  const deps = { directory: directory(configItems, clock), signInSettings };

  return forReaders("redrive-letters", deps, async (event, { log }, { id: by }) => {
    if (event.routeKey.startsWith("GET ")) return jsonResult(200, { letters: await deadLetters.list(shown) });
    const redriven = await deadLetters.redrive(atOnce);
    log.info("dead letters redriven", { redriven, by });
    return jsonResult(200, { redriven });
  });
};
