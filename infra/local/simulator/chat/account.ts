// The tenant, the bot and the team of a Teams that does not exist. Nothing here is a secret: it opens only this simulator.

export interface SimulatedTeams {
  /** Entra's id of the organisation. */
  readonly tenant: string;
  readonly bot: { readonly id: string; readonly name: string; readonly secret: string };
  /** The app registration of the tab, which is another one than the bot's. */
  readonly tab: { readonly id: string };
  /** A team is named by its General channel to bots, and by its group to Graph. */
  readonly team: { readonly id: string; readonly groupId: string; readonly name: string };
}

export const simulatedTeams = {
  tenant: "7e57ab1e-70a5-4b1e-8e57-000000000001",
  bot: {
    id: "b0700b07-70a5-4b1e-8e57-000000000002",
    name: "Muster",
    secret: "a-secret-of-a-bot-in-a-chat-that-does-not-exist",
  },
  tab: { id: "7ab007ab-70a5-4b1e-8e57-000000000003" },
  team: {
    id: "19:general@thread.tacv2",
    groupId: "7ea37ea3-70a5-4b1e-8e57-000000000004",
    name: "Incident response",
  },
} as const satisfies SimulatedTeams;

/** Where incidents are posted unless the config says otherwise. */
export const incidentsChannel = "19:incidents@thread.tacv2";
