// What the Teams app is made of, read from settings and options: every fault is named at once, by its field.

export interface TeamsApp {
  /** Of the hub, as people reach it. */
  readonly host: string;
  readonly botApp: string;
  readonly tabApp: string;
  readonly organisation: string;
  readonly version: string;
  /** Declared incidents get channels of their own. */
  readonly ownChannels: boolean;
  /** Where Teams sends people who ask about it. */
  readonly pages: { readonly website: string; readonly privacy: string; readonly terms: string };
}

export interface Given {
  readonly host: string | undefined;
  readonly botApp: string | undefined;
  readonly tabApp: string | undefined;
  readonly version: string | undefined;
  readonly privacy: string | undefined;
  readonly terms: string | undefined;
}

interface Field {
  readonly name: keyof Given;
  readonly called: string;
  readonly is: string;
  readonly form: RegExp;
  readonly else?: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
// Teams loads nothing from an address of numbers, and nothing from this machine.
const host = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const version = /^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}$/;
const page = /^https:\/\/[^\s/]+\S{0,2000}$/;

const fields: readonly Field[] = [
  {
    name: "host",
    called: "domain (--host)",
    is: "the hub's host name, such as muster.example.com",
    form: host,
  },
  { name: "botApp", called: "teamsBotApp (--bot)", is: "the id of the bot's app, a GUID", form: guid },
  { name: "tabApp", called: "teamsTabApp (--tab)", is: "the id of the tab's app, a GUID", form: guid },
  { name: "version", called: "--version", is: "three numbers, such as 1.0.1", form: version, else: "1.0.0" },
  { name: "privacy", called: "--privacy", is: "an https address", form: page, else: "" },
  { name: "terms", called: "--terms", is: "an https address", form: page, else: "" },
];

export function readTeamsApp(
  given: Given,
  about: Pick<TeamsApp, "organisation" | "ownChannels">,
): TeamsApp | { readonly faults: readonly string[] } {
  const value = (name: keyof Given): string => {
    const said = given[name]?.trim() ?? "";
    return name === "privacy" || name === "terms" ? said : said.toLowerCase();
  };
  const faults = fields.flatMap((field) => faultOf(field, value(field.name)));
  if (value("botApp") !== "" && value("botApp") === value("tabApp"))
    faults.push("teamsBotApp and teamsTabApp are one app: what the bot is sent would open the API");
  if (faults.length > 0) return { faults };
  const website = `https://${value("host")}/`;
  return {
    ...about,
    host: value("host"),
    botApp: value("botApp"),
    tabApp: value("tabApp"),
    version: value("version") || "1.0.0",
    pages: { website, privacy: value("privacy") || website, terms: value("terms") || website },
  };
}

function faultOf(field: Field, value: string): readonly string[] {
  if (value === "") return field.else === undefined ? [`${field.called} is missing: ${field.is}`] : [];
  return field.form.test(value) ? [] : [`${field.called} is "${value}", but should be ${field.is}`];
}
