// What no function could take, and the one order that puts it back on its way.
import { type HttpHandler } from "../lambda.ts";
import { jsonResult } from "../problem.ts";
import type { PortsOf } from "../subscriptions.ts";

const shown = 100;
const atOnce = 1000;

export const make =
  ({ deadLetters }: PortsOf<"redrive-letters">): HttpHandler =>
  async (event, { log }) => {
    if (event.routeKey.startsWith("GET ")) return jsonResult(200, { letters: await deadLetters.list(shown) });
    const redriven = await deadLetters.redrive(atOnce);
    log.info("dead letters redriven", { redriven });
    return jsonResult(200, { redriven });
  };
