// One step in the chat, and what came of it.
import { incidentId } from "../core/aggregate.ts";
import { conversationStream, conversation as conversations } from "../core/conversation/conversation.ts";
import { responders } from "../core/incident/bridge/responders.ts";
import { longestSynopsis } from "../core/incident/declare.ts";
import type { Declaration } from "../core/incident/state.ts";
import type { ChatPlan } from "../core/organisation.ts";
import { channelName } from "../core/post/channel-name.ts";
import type { Done, Part, Spot } from "../core/post/facts.ts";
import type { Step } from "../core/post/next-step.ts";
import type { Post } from "../core/post/state.ts";
import { quoted } from "../core/quoted.ts";
import { line } from "../core/text.ts";
import { incidentCards } from "../incident-cards.ts";
import type { Bot, ChatRefusal, Place } from "../ports.ts";
import { streamNow } from "../stream-now.ts";
import { unlinked } from "../wording/unlinked.ts";
import type { CarryOut, House, Shown } from "./house.ts";
import { logMessage } from "./log.ts";
import { newsMessage } from "./words.ts";

interface Where {
  readonly plan: ChatPlan;
  readonly bot: Bot;
}

/** https://learn.microsoft.com/en-us/graph/api/resources/channel */
const longestDescription = 1024;

export async function carryingOut(house: House, shown: Shown, { plan, bot }: Where): Promise<CarryOut> {
  const { chat, chatChannels, clock, commandPost, directory, journal } = house;
  const { stream, incident, version, sensitive } = shown;
  const known = await streamNow(conversations, journal, conversationStream(plan.channel));
  // A channel of the same team is where the team's other channel is.
  const at = (conversation: string): Place => ({
    serviceUrl: (known.lost === undefined ? known.known?.serviceUrl : undefined) ?? bot.serviceUrl,
    conversation,
  });
  const address = commandPost.address(stream);
  const cards = incidentCards(house, directory);
  const alerts = await house.members.count(stream);
  const card = (spot: Spot) => cards.of(stream, incident, { alerts, inPublic: spot === "home" });

  const begin = async (spot: Spot, post: Post): Promise<Done> => {
    const channel = spot === "home" ? plan.channel : ownChannel(post)?.channel;
    if (channel === undefined) throw new Error(`${stream} has no channel of its own to begin in`);
    const begun = await chat.begin(at(channel), await card(spot));
    if (begun.outcome !== "done") return refused(spot, begun);
    const { conversation, activity } = begun;
    return { what: "begun", spot, conversation, version, ...(activity === undefined ? {} : { activity }) };
  };

  const change = async ({ spot, conversation, activity }: StepOf<"change">): Promise<Done | undefined> => {
    const changed = await chat.change(at(conversation), activity, await card(spot));
    return changed.outcome === "done" ? undefined : refused(spot, changed);
  };

  const say = async ({ news, conversation }: StepOf<"say">, post: Post): Promise<Done> => {
    const { drill } = incident.signal;
    const text = newsMessage(news, { address, link: ownChannel(post)?.link, sensitive, drill });
    const posted = await chat.post(at(conversation), { text });
    return posted.outcome === "done" ? { what: "news-told", news } : refused("home", posted);
  };

  const tell = async ({ after, to }: StepOf<"tell">): Promise<Done> => {
    if (to === undefined) return { what: "told", version };
    const asked = { stream, after, until: version, now: clock.now(), drill: incident.signal.drill, address };
    const { text, upTo } = await logMessage({ journal, directory }, asked);
    if (text !== "") {
      const posted = await chat.post(at(to.conversation), { text });
      if (posted.outcome !== "done") return refused(to.spot, posted);
    }
    return { what: "told", version: upTo, spot: to.spot };
  };

  /** Whoever works on it, and before all whoever declared it: a private channel belongs to somebody. */
  const members = async (): Promise<readonly string[]> => {
    const { declaration } = incident;
    const ids = [
      ...new Set([...(declaration === undefined ? [] : [declaration.declaredBy]), ...responders(incident)]),
    ];
    const people = await Promise.all(ids.map((id) => directory.person(id)));
    return people.flatMap(
      (person) => person?.methods.find(({ channel }) => channel === "teams")?.address ?? [],
    );
  };

  /** Owners of the team see the description of a private channel as well. */
  const descriptionOf = ({ codename, synopsis }: Pick<Declaration, "codename" | "synopsis">): string =>
    sensitive ? codename : quoted(unlinked(line(synopsis, longestSynopsis)));

  const makeChannel = async ({ taken }: StepOf<"make-channel">): Promise<Done> => {
    const { declaration, signal } = incident;
    if (plan.team === undefined || declaration === undefined)
      throw new Error(`${stream} is not to have a channel of its own`);
    const invited = sensitive ? await members() : [];
    if (sensitive && invited.length === 0)
      return refused("making", { outcome: "giveUp", reason: "not-in-chat", operator: false });
    const made = await chatChannels.create(plan.team, {
      name: channelName(declaration.codename, taken, { id: incidentId(stream), drill: signal.drill }),
      description: line(
        `${signal.drill ? "DRILL: " : ""}${descriptionOf(declaration)} ${address}`,
        longestDescription,
      ),
      isPrivate: sensitive,
      ...(sensitive ? { members: invited } : {}),
    });
    if (made.outcome !== "done") return refused("making", made);
    const { channel, link } = made;
    return { what: "channel-made", channel, ...(link === undefined ? {} : { link }) };
  };

  return async (step, post) => {
    switch (step.step) {
      case "begin":
        return begin(step.spot, post);
      case "change":
        return change(step);
      case "say":
        return say(step, post);
      case "tell":
        return tell(step);
      case "make-channel":
        return makeChannel(step);
    }
  };
}

type StepOf<Name extends Step["step"]> = Extract<Step, { readonly step: Name }>;

const ownChannel = ({ own }: Post) => (own.name === "made" ? own : undefined);

const refused = (part: Part, refusal: ChatRefusal): Done => ({ what: "refused", part, ...refusal });
