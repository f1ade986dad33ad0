// What Teams is told of the app: a bot, a tab, and the least that both may do.
import type { TeamsApp } from "./app.ts";
import { inChannels, inPerson } from "./command-list.ts";
import { accent } from "./icons.ts";

/** Every client of today knows it; we use nothing newer. */
const manifestVersion = "1.29";

/** What the bot may do in a team that it is installed in. It never reads what people write to each other there. */
const permissions = (ownChannels: boolean): readonly string[] => [
  "TeamMember.Read.Group",
  "ChannelMessage.Send.Group",
  ...(ownChannels ? ["Channel.Create.Group"] : []),
];

export const manifestOf = (app: TeamsApp) => ({
  $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
  manifestVersion,
  version: app.version,
  // An app of its own in the catalogue, by a number that stays: links into the tab name it.
  id: app.tabApp,
  developer: {
    name: short(app.organisation, 32),
    websiteUrl: app.pages.website,
    privacyUrl: app.pages.privacy,
    termsOfUseUrl: app.pages.terms,
  },
  name: { short: "Muster", full: short(`Muster, the dispatcher of ${app.organisation}`, 100) },
  description: {
    short: "Pages people for incidents, and is where they respond.",
    full: short(
      `Muster calls the people who are needed when something breaks at ${app.organisation}. It asks you here when you are needed; you answer with one press. Each incident has a post with how it stands, and the Incidents tab is its command post.`,
      4000,
    ),
  },
  icons: { color: "color.png", outline: "outline.png" },
  accentColor: accent,
  bots: [
    {
      botId: app.botApp,
      scopes: ["personal", "team", "groupChat"],
      supportsFiles: false,
      isNotificationOnly: false,
      commandLists: [
        { scopes: ["personal"], commands: inPerson },
        { scopes: ["team", "groupChat"], commands: inChannels },
      ],
    },
  ],
  staticTabs: [
    {
      entityId: "incidents",
      name: "Incidents",
      contentUrl: `https://${app.host}/?teams`,
      websiteUrl: `https://${app.host}/`,
      scopes: ["personal"],
    },
  ],
  // A channel has no static tabs yet, and asks a page of ours first.
  configurableTabs: [
    {
      configurationUrl: `https://${app.host}/?configure`,
      canUpdateConfiguration: false,
      scopes: ["team"],
      context: ["channelTab"],
    },
  ],
  defaultInstallScope: "personal",
  defaultGroupCapability: { team: "bot", groupchat: "bot" },
  validDomains: [app.host],
  webApplicationInfo: { id: app.tabApp, resource: `api://${app.host}/${app.tabApp}` },
  authorization: {
    permissions: {
      resourceSpecific: permissions(app.ownChannels).map((name) => ({ name, type: "Application" })),
    },
  },
});

/** Cut between characters, never within one. */
function short(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const char of text) {
    if (kept.length + char.length > most - 1) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}
