// A hub with a bot before a simulated Teams: an incident of which the test says what happens, and what its place in the chat
// hears of it.
import { secureMint } from "../../functions/adapters/aws/mint.ts";
import { pagesAt } from "../../functions/command-post.ts";
import type { StreamId } from "../../functions/core/aggregate.ts";
import { type Actor, byHub, hub } from "../../functions/core/command.ts";
import type { IncidentOrder } from "../../functions/core/incident/commands.ts";
import type { PostEvent } from "../../functions/core/post/facts.ts";
import { postStream } from "../../functions/core/post/state.ts";
import { decisions, postsOf } from "../../functions/decisions.ts";
import { make } from "../../functions/update-site/handler.ts";
import { incidentsChannel, simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import { anEntrance, config, listening, records } from "../support/intake.ts";
import { simulatedChat } from "../support/simulated-chat.ts";

export const stream: StreamId = "incident/i1";
export const address = "https://pager.example.com/incidents/i1";
const withChat = `${config}
chat: { channel: "${incidentsChannel}", team: ${simulatedTeams.team.groupId}, own_channels: true }
`;

const ada: Actor = { kind: "person", id: "ada", via: "web", assurance: "signed-in" };

export async function aPlace({ text = withChat, title = "No sales", drill = false } = {}) {
  const entrance = await anEntrance(text);
  const { clock, journal } = entrance;
  const simulated = await simulatedChat({ now: clock.now });
  const bot = simulated.bot({ now: clock.now });
  const ports = {
    ...entrance,
    chat: bot.chat,
    chatChannels: bot.channels,
    commandPost: pagesAt("https://pager.example.com"),
  };
  const house = decisions({ ...entrance, mint: secureMint(clock, "A") });
  const posts = postsOf(journal, () => house.directory.version());
  const said = listening();
  let handler = make(ports);
  let orders = 0;

  const order = async (given: IncidentOrder, actor = ada): Promise<void> => {
    const envelope = { ...byHub("test", `o${orders++}`, clock.now(), drill), actor };
    const done = await house.incidents.dispatch(stream, { ...envelope, ...given });
    if (done.outcome !== "done") throw new Error(`${given.type}: ${done.outcome}`);
  };
  const hear = async (type: string, about: StreamId, version: number) => {
    const detail = { stream: about, version, index: 0, drill };
    return handler(records({ "detail-type": type, detail }), said.tools);
  };
  const joined = { type: "JoinAlerts", correlation: "c", source: "anything", samples: [], count: 1 } as const;
  await order(
    { ...joined, service: "checkout", title, severity: "critical", since: clock.now() },
    hub("handle-alert"),
  );

  return {
    ports,
    posts,
    said,
    order,
    chat: simulated.chat,
    pass: entrance.pass,
    /** What happened to the incident comes by the bus. */
    follow: async (): Promise<void> => {
      const { version } = await house.incidents.load(stream);
      await hear("AlertsJoined", stream, version);
    },
    /** And what its place wants. */
    bringUpToDate: () => hear("PostWanted", postStream(stream), 1),
    /** Whatever the clock has to say by then. */
    wake: async (): Promise<void> => {
      const envelope = byHub("test", `clock${orders++}`, clock.now());
      await posts.dispatch(postStream(stream), { ...envelope, type: "PassTime" });
    },
    /** Another process goes on. */
    restart: (changed: Partial<typeof ports> = {}): void => {
      handler = make({ ...ports, ...changed });
    },
    state: async () => (await posts.load(postStream(stream))).state,
    events: async (): Promise<readonly PostEvent[]> => {
      const history = await journal.history(postStream(stream), 0, 1000);
      return history.map(({ event }) => event as PostEvent);
    },
    home: () => simulated.chat.said(incidentsChannel).filter(({ id, thread }) => id === thread),
    log: () => simulated.chat.said(incidentsChannel).filter(({ id, thread }) => id !== thread),
    async close(): Promise<void> {
      await simulated.stop();
      await entrance.close();
    },
  };
}

export type Place = Awaited<ReturnType<typeof aPlace>>;
