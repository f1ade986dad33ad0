// A bot's door, and a Teams before it: real HTTP both ways, activities signed with the simulator's own key, and a store in
// memory behind it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { secureMint } from "../../functions/adapters/aws/mint.ts";
import { teamsBot } from "../../functions/adapters/teams/bot.ts";
import { botProof } from "../../functions/adapters/teams/bot-proof.ts";
import { places } from "../../functions/chat-places.ts";
import type { StreamId } from "../../functions/core/aggregate.ts";
import { type Actor, byHub } from "../../functions/core/command.ts";
import type { IncidentOrder } from "../../functions/core/incident/commands.ts";
import { decisions } from "../../functions/decisions.ts";
import { make as handleAlert } from "../../functions/handle-alert/handler.ts";
import { make } from "../../functions/receive-activity/handler.ts";
import { doorOf } from "../../infra/local/http.ts";
import { simulatedAddresses } from "../../infra/local/settings.ts";
import { simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import type { Card } from "../../infra/local/simulator/chat/cards.ts";
import { wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import { chatPath, chatSimulator } from "../../infra/local/simulator/chat/chat-simulator.ts";
import { simulatorListener } from "../../infra/local/simulator/twilio/listener.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { anEntrance, config, listening, records } from "./intake.ts";

export const ada = "ada@test.example";
export const linus = "linus@test.example";
/** In the tenant, and not in the config. */
export const eve = "eve@test.example";

export const doorConfig = config
  .replace('sms: "+447700900001", email: ada@test.example', `phone: "+447700900001", teams: ${ada}`)
  .replace('sms: "+46701740605"', `phone: "+46701740605", teams: ${linus}`)
  .replace(
    "[{ page: [ada], within: 5m }, { page: [linus], within: 5m }]",
    "[{ page: [ada, linus], within: 5m }]",
  );

/** Under a user principal name; or with `account`, the object id of an account that has this name now. */
const person = (name: string, upn: string, account?: string) => ({
  name,
  email: upn,
  methods: [{ id: "teams", channel: "teams" as const, address: account ?? upn }],
});
const everybody = [person("Ada", ada), person("Linus", linus), person("Eve", eve)];

/**
 * `keys`: where the door looks for the keys of Teams; where they are unless said. `settles`: an alert finds its incident
 * while somebody waits for it.
 */
export async function aTeamsDoor(
  text = doorConfig,
  { keys, settles = true }: { readonly keys?: string; readonly settles?: boolean } = {},
) {
  const entrance = await anEntrance(text);
  if ("problems" in loadConfig(text)) throw new Error("The config of this test is broken");
  const said = listening();
  let listener: Parameters<typeof createServer>[1] = () => undefined;
  const server = createServer((request, response) => listener?.(request, response as never));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = `${url}${chatPath}`;
  let inTeams: readonly ReturnType<typeof person>[] = everybody;
  const teams = chatSimulator({
    deliverTo: `${url}/teams/messages`,
    people: () => inTeams,
    now: entrance.clock.now,
    rates: "none",
  });
  const { tenant, bot } = simulatedTeams;
  const addresses = { ...simulatedAddresses(at), ...(keys === undefined ? {} : { keys }) };
  const { chat } = teamsBot({
    app: bot.id,
    tenant,
    secret: () => Promise.resolve({ outcome: "done", secret: { clientSecrets: [bot.secret] } }),
    clock: entrance.clock,
    addresses,
    patience: 500,
  });
  const ports = {
    ...entrance,
    mint: secureMint(entrance.clock, "A"),
    chat,
    botProof: botProof({ app: bot.id, tenant, clock: entrance.clock, addresses }),
    commandPost: { address: (stream?: StreamId) => `https://pager.example.com/${stream ?? ""}` },
  };
  const house = decisions(ports);
  const handle = handleAlert(ports);
  /** What the feed would bring about: alerts find their incident. */
  const settle = async () => {
    for (const id of accepted.splice(0)) await handle(records({ detail: { alert: id } }), said.tools);
  };
  const accepted: string[] = [];
  const alerts: typeof ports.alerts = {
    ...ports.alerts,
    async accept(routed, now) {
      const taken = await ports.alerts.accept(routed, now);
      accepted.push(...taken.map(({ id }) => id));
      return taken;
    },
  };
  const handler = make({ ...ports, alerts }, settles ? settle : () => Promise.resolve());
  const simulator = simulatorListener(teams);
  listener = doorOf({
    outside: { publicUrl: undefined, proofs: new Set() },
    aside: (request, response, path) => {
      if (!path.startsWith(chatPath)) return false;
      simulator(request, response);
      return true;
    },
    invoke: {
      "receive-activity": async (event: unknown) => {
        try {
          return await handler(event as never, said.tools);
        } catch (error) {
          said.lines.push(String(error instanceof Error ? error.stack : error));
          return { statusCode: 500, body: "{}" };
        }
      },
    } as never,
  });

  let opened = 0;
  const dispatch = async (stream: StreamId, given: IncidentOrder, actor?: Actor) => {
    const envelope = byHub("test", `${stream}.${Math.random()}`, entrance.clock.now());
    const dispatched = await house.incidents.dispatch(stream, {
      ...envelope,
      ...(actor === undefined ? {} : { actor }),
      ...given,
    });
    if (dispatched.outcome === "yielded") throw new Error("yielded");
    return dispatched;
  };
  return {
    url: `${url}/teams/messages`,
    ports,
    house,
    said,
    teams,
    pass: entrance.pass,
    places: places(ports, house.directory),
    tenant,
    bot,
    /** From now on each account has this name. */
    renamed(...accounts: readonly (readonly [account: string, upn: string])[]): void {
      inTeams = accounts.map(([account, upn]) => person(upn, upn, account));
    },
    /** What the bot said to this person, the newest last. */
    wordsTo: (who: string): readonly string[] =>
      teams
        .user(who)
        .sees()
        .filter(({ from }) => from === undefined)
        .map(({ text: words, card }) => (card === undefined ? words : wordsOf(card))),
    wordsIn: (conversation: string): readonly string[] =>
      teams
        .said(conversation)
        .filter(({ from }) => from === undefined)
        .map(({ text: words, card }) => (card === undefined ? words : wordsOf(card))),
    wordsOn: (card: Card | undefined): string => wordsOf(card),
    /** An incident that pages Ada and Linus. */
    async incident(service = "checkout", title = "No sales") {
      opened += 1;
      const stream: StreamId = `incident/i${opened}`;
      await dispatch(stream, {
        type: "JoinAlerts",
        service,
        correlation: `${service}-${opened}`,
        source: "anything",
        title,
        severity: "critical",
        since: entrance.clock.now(),
        count: 1,
        samples: [],
      });
      const state = async () => (await house.incidents.load(stream)).state;
      const pageOf = async (who: string) =>
        Object.values((await state()).paging.pages).findLast((page) => page.person === who);
      return {
        id: stream.slice("incident/".length),
        stream,
        state,
        pageOf,
        order: (given: IncidentOrder, actor?: Actor) => dispatch(stream, given, actor),
        async owner() {
          const request = (await state()).paging.requests["owner"]?.state;
          return request?.name === "satisfied" ? request.owner : undefined;
        },
      };
    },
    /** The card as send-page would have put it there. */
    async putCard(who: string, card: Card): Promise<string> {
      const found = await places(ports, house.directory).personal(who);
      if (found.outcome !== "open") throw new Error(`${who} can't be reached: ${JSON.stringify(found)}`);
      const posted = await chat.post(found.place, { card, summary: "A page" });
      if (posted.outcome !== "done" || posted.activity === undefined) throw new Error("not posted");
      return posted.activity;
    },
    async close() {
      teams.close();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      await entrance.close();
    },
  };
}
export type TeamsDoor = Awaited<ReturnType<typeof aTeamsDoor>>;
export type DoorIncident = Awaited<ReturnType<TeamsDoor["incident"]>>;
