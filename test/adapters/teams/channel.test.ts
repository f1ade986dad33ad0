// Pages and notices into one person's chat, held to what every channel owes its caller.
import { expect, test } from "vitest";
import { teamsBot } from "../../../functions/adapters/teams/bot.ts";
import { teamsChannel } from "../../../functions/adapters/teams/channel.ts";
import { readReceipt } from "../../../functions/core/conversation/receipt.ts";
import { minutes } from "../../../functions/core/time.ts";
import type { Channel, OutboundChat } from "../../../functions/ports.ts";
import { simulatedAddresses } from "../../../infra/local/settings.ts";
import { simulatedTeams } from "../../../infra/local/simulator/chat/account.ts";
import type { ChatFaultScript } from "../../../infra/local/simulator/chat/modes.ts";
import { channelContract, type ProvidedChannel } from "../../contracts/channel.contract.ts";
import { simulatedChat } from "../../support/simulated-chat.ts";

const people = Array.from({ length: 40 }, (_, n) => ({
  name: `Person ${n}`,
  methods: [{ id: "t", channel: "teams" as const, address: `person${n}@brightwater.example` }],
}));

const faults: Readonly<Record<Parameters<ProvidedChannel<OutboundChat>["next"]>[0], ChatFaultScript>> = {
  "answers 429": { route: "post", mode: "rate-limited" },
  "answers 500": { route: "post", mode: "bad-gateway" },
  "answers 503": { route: "post", mode: "failing" },
  "breaks before": { route: "post", mode: "off" },
  "breaks after": { route: "post", mode: "taken-and-reset" },
  "takes and is silent": { route: "post", mode: "taken-and-silent" },
};

channelContract<OutboundChat>("Teams", async () => {
  const teams = await simulatedChat({ people, rates: "none" });
  const serviceUrl = `${teams.at}/`;
  const conversations = teams.chat.users().map(({ conversation }) => conversation);
  const { bot, tenant } = simulatedTeams;
  const nowhere = "http://127.0.0.1:1";
  const addresses = { ...simulatedAddresses(teams.at), serviceUrl: nowhere };
  const secret = () => Promise.resolve({ outcome: "done", secret: { clientSecrets: [bot.secret] } } as const);
  const deaf = teamsBot({ app: bot.id, tenant, secret, clock: { now: Date.now }, addresses }).chat;
  const nobody: Channel<OutboundChat> = {
    ...teamsChannel(deaf),
    send: ({ at, message }) =>
      teamsChannel(deaf).send({ ...aMessage("x", 0), message, at: { ...at, serviceUrl: nowhere } }),
  };
  const aMessage = (reference: string, n: number): OutboundChat => ({
    to: `person${n % 40}@brightwater.example`,
    at: { serviceUrl, conversation: conversations[n % 40] ?? "" },
    message: { text: `Checkout times out ${reference}.` },
    drill: true,
    reference,
    reportTo: "",
    validFor: minutes(5),
  });
  const channel = teamsChannel(teams.bot().chat);
  return {
    // Of the chat it is not the address that is refused but the conversation that was learned for it.
    channel: {
      ...channel,
      send: (message) =>
        channel.send(
          message.to.startsWith("a:")
            ? { ...message, at: { ...message.at, conversation: message.to } }
            : message,
        ),
    },
    nowhere: nobody,
    message: aMessage,
    looksUp: false,
    secrets: [bot.secret, "person", "brightwater"],
    taken: (reference) =>
      conversations
        .flatMap((each) => teams.chat.said(each))
        .filter(({ text }) => text.includes(`${reference}.`)).length,
    next: (what) => teams.chat.fail(faults[what]),
    refusedAddresses: [["a:gone", { outcome: "giveUp", reason: "conversation-gone", operator: false }]],
    close: () => teams.stop(),
  };
});

test("a receipt names the conversation and the message in it, or the conversation alone", async () => {
  const teams = await simulatedChat({ people: people.slice(0, 1) });
  const [ada] = teams.chat.users();
  const channel = teamsChannel(teams.bot().chat);
  const message = {
    to: "",
    at: { serviceUrl: `${teams.at}/`, conversation: ada?.conversation ?? "" },
    message: { text: "x" },
    drill: false,
    reference: "A4821",
    reportTo: "",
    validFor: minutes(5),
  };
  const sent = await channel.send(message);
  if (sent.outcome !== "done") throw new Error(sent.reason);
  const { conversation, activity } = readReceipt(sent.receipt);
  expect(teams.chat.message(conversation, activity ?? "")).toMatchObject({ text: "x" });
  teams.chat.fail({ route: "post", mode: "taken-without-id" });
  expect(await channel.send(message)).toEqual({ outcome: "done", receipt: ada?.conversation });
  await teams.stop();
});
