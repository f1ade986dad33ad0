// Whether the chat is set up: the bot, the channel of the incidents, and everybody who is to be paged there.
import { chatNameKey, conversation, conversationStream } from "../core/conversation/conversation.ts";
import type { Person } from "../core/organisation.ts";
import { type Duration, seconds } from "../core/time.ts";
import type { Directory } from "../directory.ts";
import type { Bot, ChatRefusal, Place } from "../ports.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { deliveryReasonWords } from "../wording/reasons.ts";
import type { Finding } from "./finding.ts";

type House = PortsOf<"show-readiness"> & { readonly directory: Directory };

/** The chat is asked about so many people at once, and of no more in one look: it has its rates. */
const inParallel = 5;
const mostAsked = 200;
/** Nobody else is looked up after this: whoever asks waits, and a chat that answers nothing would take all the time there is. */
const patience: Duration = seconds(5);

export async function teamsFindings(house: House, people: readonly Person[]): Promise<readonly Finding[]> {
  const inTeams = people.flatMap((person) =>
    person.methods.flatMap(({ channel, address }) => (channel === "teams" ? [{ person, address }] : [])),
  );
  const bot = house.chat.bot();
  const plan = await house.directory.chat();
  if (bot === undefined) return inTeams.length === 0 && plan === undefined ? [] : [noBot];
  if (plan === undefined) return [noChannel];
  const known = await streamNow(conversation, house.journal, conversationStream(plan.channel));
  const serviceUrl = known.known?.serviceUrl ?? bot.serviceUrl;
  const home: Place = { serviceUrl, conversation: plan.channel };
  const asked = await Promise.all(
    inTeams.map(async (each) => ({ ...each, met: await hasMet(house, each.address) })),
  );
  const waiting = asked.filter(({ met }) => !met);
  const findings: Finding[] = asked.filter(({ met }) => met).map(({ person }) => isMet(person));
  const toAsk = waiting.slice(0, mostAsked);
  const begun = house.clock.now();
  // One person first: where the bot is not in the team, or nobody lets it in, everybody would hear the same.
  const [first, ...rest] = toAsk;
  const door = first === undefined ? undefined : await lookUp(house, home, first, bot);
  if (door?.outcome === "shut") return [...findings, door.finding];
  if (door !== undefined) findings.push(door.finding);
  const worker = async () => {
    while (house.clock.now() - begun < patience) {
      const next = rest.shift();
      if (next === undefined) return;
      findings.push((await lookUp(house, home, next, bot)).finding);
    }
  };
  await Promise.all(Array.from({ length: inParallel }, worker));
  const left = rest.length + waiting.length - toAsk.length;
  if (left > 0)
    findings.push(
      about("warning", "everybody", `${left} of ${waiting.length} people were not looked up in Teams`),
    );
  return findings;
}

async function hasMet({ claims, clock, journal }: House, address: string): Promise<boolean> {
  const held = await claims.holder(chatNameKey(address), clock.now());
  const { known, lost } = await streamNow(conversation, journal, held?.holder ?? conversationStream(address));
  return lost === undefined && known?.conversation !== undefined;
}

type LookedUp =
  | { readonly outcome: "answered"; readonly finding: Finding }
  /** Whoever is asked about, the answer would be the same. */
  | { readonly outcome: "shut"; readonly finding: Finding };

async function lookUp(
  { chat }: House,
  home: Place,
  { person, address }: { readonly person: Person; readonly address: string },
  bot: Bot,
): Promise<LookedUp> {
  const found = await chat.member(home, address);
  if (found.outcome !== "done") return refused(found, person);
  if (found.member.tenant !== undefined && found.member.tenant !== bot.tenant)
    return answered(
      "problem",
      person.id,
      `${person.name} is in another tenant in Teams`,
      "name their account in yours",
    );
  return answered("fine", person.id, `${person.name} is in the team; the first page opens the chat`);
}

function refused({ reason }: ChatRefusal, { id, name }: Person): LookedUp {
  switch (reason) {
    case "account-refused":
      return shut(
        "the chat refuses the hub's bot",
        "check the app's id, its tenant and its secret (docs/operator-guide.md)",
      );
    case "conversation-gone":
    case "chat-not-set-up":
      return shut(
        "the bot is not in the team of the channel in `chat`",
        "install the app in that team, or mend chat: channel",
      );
    case "not-in-chat":
    case "message-gone":
      return answered(
        "problem",
        id,
        `${name} is not in the team, and has never opened the bot's chat: no card can reach them`,
        "add them to the team, install the app for them, or mend `teams` in the config",
      );
    default:
      return answered(
        "warning",
        id,
        `${name} could not be looked up in Teams: ${deliveryReasonWords(reason)}`,
        "try again later",
      );
  }
}

const about = (standing: Finding["standing"], who: string, says: string, advice?: string): Finding => ({
  standing,
  area: "teams",
  about: who,
  says,
  ...(advice === undefined ? {} : { advice }),
});
const answered = (...said: Parameters<typeof about>): LookedUp => ({
  outcome: "answered",
  finding: about(...said),
});
const shut = (says: string, advice: string): LookedUp => ({
  outcome: "shut",
  finding: about("problem", "the bot", says, advice),
});

const isMet = ({ id, name }: Person): Finding => about("fine", id, `${name} and the bot have met`);

const noBot = about(
  "problem",
  "the bot",
  "the config speaks of Teams, and this hub has no bot there",
  "set teamsBotApp, teamsTenant and the secret, and deploy again (docs/operator-guide.md)",
);
const noChannel = about(
  "warning",
  "the channel",
  "the bot is there, and the config names no channel for incidents",
  "add chat: channel; without it nobody can be looked up who has never opened the bot's chat",
);
