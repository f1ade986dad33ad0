// A Teams that does not exist: the connector through which a bot speaks, the sign-in before it, a little of Graph, people
// who write and press, and a hand that breaks all of it on command.
import { eventStream } from "../twilio/events.ts";
import { cancellable, realTimers } from "../twilio/timers.ts";
import { incidentsChannel, simulatedTeams } from "./account.ts";
import { activities } from "./activities.ts";
import type { Json } from "./cards.ts";
import type { ChatEvent, ChatSettings, ChatSimulator } from "./contract.ts";
import { control } from "./control.ts";
import { deliveries, type Forged } from "./delivery.ts";
import { channelHand, userHand } from "./hands.ts";
import { type Channel, chatMemory } from "./memory.ts";
import { chatFaults } from "./modes.ts";
import { type ChatUser, usersFor } from "./people.ts";
import { provider } from "./provider.ts";
import { documentedRates, noRates } from "./rates.ts";
import { appToken, personToken } from "./sign-in.ts";

export type { ChatSimulator } from "./contract.ts";

/** Below the simulators' own path. */
export const chatPath = "/simulator/chat";
/** The one in which the hub looks whether it is reached. */
export const probeConversation = "probe";

export function chatSimulator(settings: ChatSettings = {}): ChatSimulator {
  const {
    account = simulatedTeams,
    now = Date.now,
    people = [],
    notInstalledFor = [],
    channels = [],
  } = settings;
  const events = eventStream<ChatEvent>();
  const faults = chatFaults();
  const { timers, cancelAll } = cancellable(settings.timers ?? realTimers);
  const usersOf = usersFor(account.bot.id);
  const users = () => usersOf(typeof people === "function" ? people() : people);
  const memory = chatMemory({
    account,
    now,
    users,
    notInstalledFor,
    channels: [{ id: incidentsChannel, name: "Incidents" }, ...channels],
    bare: [probeConversation],
    changed: (conversation) => events.tell({ type: "changed", conversation }),
  });
  const address = () =>
    typeof settings.deliverTo === "function" ? settings.deliverTo() : settings.deliverTo;
  const serviceUrl = () => {
    const own = typeof settings.serviceUrl === "function" ? settings.serviceUrl() : settings.serviceUrl;
    return own ?? new URL(`${chatPath}/`, address() ?? "http://chat.invalid").href;
  };
  const post = deliveries({ account, address, serviceUrl, now, timers });
  const tell = activities({ account, serviceUrl, now });
  const work = new Set<Promise<unknown>>();
  let consents = true;

  const background = (task: Promise<unknown>): void => {
    const tracked = task.finally(() => work.delete(tracked));
    work.add(tracked);
  };
  const deliver = (activity: Json, forged?: Forged) => {
    const delivered = post.deliver(activity, forged);
    background(delivered);
    return delivered;
  };
  const inTurn = async (told: readonly Json[]): Promise<void> => {
    for (const activity of told) await deliver(activity);
  };
  const user = (name: string): ChatUser => {
    const found = memory.userNamed(name);
    if (found === undefined) throw new Error(`There is nobody called ${name} in the chat`);
    return found;
  };
  const hands = { memory, tell, now, deliver, user };
  /** Whoever comes first does what nobody in particular does. */
  const bySomebody = (telling: (by: ChatUser) => readonly Json[]): Promise<void> => {
    const [by] = users();
    return by === undefined ? Promise.resolve() : inTurn(telling(by));
  };
  const tellOfTeam = () => {
    const incidents = memory.channel(incidentsChannel);
    return bySomebody((by) => (incidents === undefined ? [] : tell.joinedTeam(by, incidents)));
  };
  const created = (channel: Channel): void => {
    if (memory.inTeam) background(bySomebody((by) => [tell.channelChanged(by, channel, "channelCreated")]));
  };
  const door = provider({
    account,
    memory,
    now,
    faults,
    timers,
    rates: settings.rates === "none" ? noRates : (settings.rates ?? documentedRates),
    serviceUrl,
    consents: () => consents,
    created,
  });

  const simulator: ChatSimulator = {
    async handle(request) {
      const { pathname, searchParams } = new URL(request.path, "http://chat.invalid");
      const path = pathname.slice(chatPath.length);
      return (
        (await door.answer(request, path, searchParams)) ??
        control(request, path, { simulator, memory, faults, follow: (signal) => events.follow(signal) })
      );
    },
    largestBody: 1024 * 1024,
    account,
    behave: (mode) => faults.behave(mode),
    get mode() {
      return faults.mode;
    },
    fail: (...added) => faults.add(...added),
    failDelivery: (...added) => post.fail(...added),
    mend: () => faults.mend(),
    consent(isGiven) {
      consents = isGiven;
    },
    async announce() {
      if (memory.inTeam) await tellOfTeam();
      for (const each of users())
        if (memory.installedFor(each) === "installed") await inTurn(tell.installed(each));
    },
    users,
    user: (name) => userHand(user(name), hands),
    channels: () => memory.channels(),
    channel(name) {
      const found = memory.channel(name) ?? memory.channels().find((channel) => channel.name === name);
      if (found === undefined) throw new Error(`There is no channel ${name}`);
      return channelHand(found.id, hands);
    },
    joinTeam() {
      memory.joinTeam(true);
      return tellOfTeam();
    },
    leaveTeam() {
      memory.joinTeam(false);
      return bySomebody((by) => tell.leftTeam(by));
    },
    said: (conversation) => memory.said(conversation),
    message: (conversation, id) => memory.message(conversation, id),
    requests: () => door.requests,
    sent: () => post.sent,
    deliver,
    appToken: (audience = "connector") => appToken(audience, account, now()),
    tabToken: (name, claims) => personToken(user(name), account, now(), claims),
    subscribe: (listener) => events.subscribe(listener),
    async settled() {
      while (work.size > 0) await Promise.all(work);
    },
    close: cancelAll,
  };
  return simulator;
}
