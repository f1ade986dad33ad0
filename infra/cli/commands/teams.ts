// Packs the app for Teams: its bot, its tab, and what they may do, for the administrator to upload.
import { printableJson } from "../../../functions/core/text.ts";
import { readTeamsApp } from "../../teams/app.ts";
import { manifestOf } from "../../teams/manifest.ts";
import { packageOf } from "../../teams/package.ts";
import { type Command, configOption } from "../command.ts";
import { organisationFrom } from "../config-file.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

const settingsFiles = ["cdk.context.json", "cdk.json"];

export const teams: Command = {
  summary: "pack the app for Teams, for an administrator to upload",
  words: "package",
  details: [
    "The ids and the host name are those of the deployment's settings, in cdk.context.json or cdk.json,",
    "unless they are given here. Raise the version for each upload.",
  ],
  options: {
    ...configOption,
    host: { type: "string", value: "HOST", help: "host name of the hub (setting domain)" },
    bot: { type: "string", value: "ID", help: "id of the bot's app (setting teamsBotApp)" },
    tab: { type: "string", value: "ID", help: "id of the tab's app (setting teamsTabApp)" },
    version: { type: "string", value: "N.N.N", help: "version of the app (1.0.0)" },
    privacy: { type: "string", value: "URL", help: "page about privacy (the hub's own address)" },
    terms: { type: "string", value: "URL", help: "page about terms of use (the hub's own address)" },
    out: { type: "string", value: "FILE", help: "the file to write (muster-teams.zip)" },
  },
  async run(values, terminal) {
    if (values.words[0] !== "package") {
      terminal.err(
        `muster teams: "${inert(values.words[0])}" is not known; muster teams package packs the app`,
      );
      return 2;
    }
    const organisation = await organisationFrom(values, terminal);
    if (organisation === undefined) return 1;
    const settings = await settingsOf(terminal);
    if (settings === undefined) return 1;
    const app = readTeamsApp(
      {
        host: values.text("host") ?? settings("domain"),
        botApp: values.text("bot") ?? settings("teamsBotApp"),
        tabApp: values.text("tab") ?? settings("teamsTabApp"),
        version: values.text("version"),
        privacy: values.text("privacy"),
        terms: values.text("terms"),
      },
      { organisation: organisation.name, ownChannels: organisation.chat?.ownChannels === true },
    );
    if ("faults" in app) {
      if (values.flag("json")) terminal.out(printableJson({ ok: false, faults: app.faults }));
      for (const fault of app.faults) terminal.err(`${painted(terminal, "red", "error")}  ${inert(fault)}`);
      return 1;
    }
    const file = values.text("out") ?? "muster-teams.zip";
    const bytes = packageOf(app);
    const refusal = await terminal.write(file, bytes);
    if (refusal !== undefined) {
      terminal.err(`muster: ${inert(file)} can't be written (${inert(refusal)})`);
      return 1;
    }
    const { id, version, authorization } = manifestOf(app);
    const permissions = authorization.permissions.resourceSpecific.map(({ name }) => name);
    const { host, botApp, tabApp } = app;
    if (values.flag("json"))
      terminal.out(
        printableJson({
          ok: true,
          file,
          bytes: bytes.length,
          id,
          version,
          host,
          botApp,
          tabApp,
          permissions,
        }),
      );
    else
      terminal.out(
        `${painted(terminal, "green", "ok")}  ${inert(file)}: Muster ${version} at ${host}; may ${permissions.join(", ")}`,
      );
    return 0;
  },
};

/** Undefined when a file can't be read as settings, which has been said. */
async function settingsOf(terminal: Terminal): Promise<((name: string) => string | undefined) | undefined> {
  const known: unknown[] = [];
  for (const name of settingsFiles) {
    const text = await terminal.read(name);
    if (text === undefined) continue;
    try {
      const read = JSON.parse(text) as { readonly context?: unknown } | null;
      known.push(name === "cdk.json" ? read?.context : read);
    } catch {
      terminal.err(`muster: ${name} is no JSON`);
      return undefined;
    }
  }
  return (name) => {
    for (const one of known) {
      const value = typeof one === "object" && one !== null ? Reflect.get(one, name) : undefined;
      if (typeof value === "string" && value !== "") return value;
    }
    return undefined;
  };
}
