// Sends one alert to a running hub, as monitoring would.
import { printableJson } from "../../../functions/core/text.ts";
import { keysInClear, loadConfig } from "../../../schemas/load-config.ts";
import type { Command, Values } from "../command.ts";
import { configOption, hubOptions } from "../command.ts";
import { callHub } from "../hub.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

export const send: Command = {
  summary: "send a sample alert, or its end with --resolve",
  options: {
    ...hubOptions,
    ...configOption,
    source: { type: "string", value: "ID", help: "a source of kind generic (the config's first)" },
    key: { type: "string", value: "KEY", help: "key of the source (from the config, or MUSTER_KEY)" },
    service: { type: "string", value: "ID", help: "label that the routes look at (checkout)" },
    title: { type: "string", help: "what is wrong, in a few words" },
    severity: { type: "string", value: "WORD", help: "info, warning, error or critical (critical)" },
    description: { type: "string", help: "more than the title says" },
    label: { type: "string", value: "NAME=VALUE", help: "a further label", multiple: true },
    "dedup-key": { type: "string", value: "KEY", help: "the alert's own key (service and title)" },
    resolve: { type: "boolean", help: "say that it is over" },
    drill: { type: "boolean", help: "mark it as a drill; its source decides otherwise" },
  },
  async run(values, terminal) {
    const labels = values.list("label").map((label) => label.split(/=(.*)/s));
    if (labels.some(([name, value]) => name === "" || value === undefined)) {
      terminal.err("muster send: a label is NAME=VALUE");
      return 2;
    }
    const entrance = await entranceOf(values, terminal);
    if (entrance === undefined) return 1;
    const answer = await callHub(
      {
        method: "POST",
        path: `/alerts/${encodeURIComponent(entrance.source)}`,
        token: entrance.key,
        body: alertFrom(values, labels),
        ...(values.flag("drill") ? { headers: { "x-muster-drill": "true" } } : {}),
      },
      values,
      terminal,
    );
    if (answer === undefined) return 1;
    if (values.flag("json")) terminal.out(printableJson(answer));
    else
      for (const { id, verdict } of (answer as { alerts: { id: string; verdict?: string }[] }).alerts)
        terminal.out(`${painted(terminal, "green", inert(verdict ?? "stored"))}  alert ${inert(id)}`);
    return 0;
  },
};

function alertFrom(values: Values, labels: readonly (readonly string[])[]) {
  const service = values.text("service") ?? "checkout";
  const title = values.text("title") ?? "A sample alert, sent by hand";
  const description = values.text("description");
  return {
    title,
    service,
    status: values.flag("resolve") ? "resolved" : "firing",
    severity: values.text("severity") ?? "critical",
    dedup_key: values.text("dedup-key") ?? `${service}/${title}`,
    labels: Object.fromEntries(labels),
    ...(description === undefined ? {} : { description }),
  };
}

/** Source and key as given, or from the config where it holds the key in clear. */
async function entranceOf(values: Values, terminal: Terminal) {
  const key = values.text("key") ?? terminal.env["MUSTER_KEY"];
  const source = values.text("source");
  if (key !== undefined && source !== undefined) return { source, key };
  const file = values.text("config") ?? "muster.yaml";
  const text = await terminal.read(file);
  const loaded = text === undefined ? undefined : loadConfig(text);
  const known = loaded === undefined || "problems" in loaded ? [] : loaded.organisation.sources;
  const wanted =
    source ??
    known.find(({ kind, drill }) => kind === "generic" && drill === values.flag("drill"))?.id ??
    known.find(({ kind }) => kind === "generic")?.id;
  const found = wanted === undefined ? undefined : (key ?? keysInClear(text ?? "").get(wanted));
  if (wanted === undefined || found === undefined) {
    terminal.err(`muster send: ${inert(file)} has no key for it; give --source and --key`);
    return undefined;
  }
  return { source: wanted, key: found };
}
