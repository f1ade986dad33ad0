// What only a simulator has: a look at the chat as somebody sees it, people who write and press, and faults on command.
import * as z from "zod";
import { isForeign } from "../twilio/control.ts";
import { nowhere, problem, reading } from "../twilio/reading.ts";
import { json } from "../twilio/refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "../twilio/replies.ts";
import type { ChatEvent, ChatSimulator } from "./contract.ts";
import type { ChatMemory } from "./memory.ts";
import { chatFaultSchema, type chatFaults, chatModes } from "./modes.ts";

export interface ControlParts {
  readonly simulator: ChatSimulator;
  readonly memory: ChatMemory;
  readonly faults: ReturnType<typeof chatFaults>;
  readonly follow: (signal: AbortSignal) => AsyncIterable<ChatEvent>;
}

const done = json(200, {});
const words = z.string().min(1).max(20_000);
const modeSchema = z.object({ mode: z.enum(chatModes) });
const faultsSchema = z.union([z.array(chatFaultSchema).max(1_000), chatFaultSchema]);
const saidSchema = z.object({ text: words });
const inChannelSchema = z.object({
  as: z.string(),
  text: words,
  thread: z.string().optional(),
  mentions: z.boolean().optional(),
});
const pressedSchema = z.object({
  conversation: z.string(),
  message: z.string(),
  action: z.looseObject({ type: z.string() }),
  inputs: z.record(z.string(), z.unknown()).default({}),
  isOldClient: z.boolean().default(false),
});
const reactedSchema = z.object({
  message: z.string(),
  reaction: z.string().max(40),
  isAdded: z.boolean().default(true),
});

/**
 * GET / · people · view?as={upn}&in={conversation} · requests · sent · faults · events
 * POST mode · faults · consent · team · announce · people/{upn}/says, …/presses, …/reacts, …/installs, …/uninstalls,
 * …/blocks, …/unblocks · channels/{id}/says, …/deletes · DELETE faults
 */
export async function control(
  request: SimulatorRequest,
  path: string,
  parts: ControlParts,
): Promise<SimulatorReply> {
  // A page of another origin, open in the same browser, must not press for anybody.
  if (isForeign(request.headers)) return problem(403, "Requests from other sites are not taken");
  const { simulator, faults, follow } = parts;
  const [what = "", name, action, more] = path.split("/").slice(1).map(decoded);
  if (more !== undefined) return nowhere;
  if (what === "people" && name !== undefined) return personDoes(request, name, action, parts);
  if (what === "channels" && name !== undefined) return inChannel(request, name, action, parts);
  if (name !== undefined) return nowhere;
  switch (`${request.method} ${what}`) {
    case "GET ":
      return answer(json(200, shown(parts)));
    case "GET people":
      return answer(json(200, whoAndWhere(parts)));
    case "GET view":
      return view(request, parts);
    case "GET requests":
      return answer(json(200, { requests: simulator.requests() }));
    case "GET sent":
      return answer(json(200, { sent: simulator.sent() }));
    case "GET faults":
      return answer(json(200, { faults: faults.list() }));
    case "GET events":
      return { kind: "events", follow };
    case "POST mode":
      return reading(modeSchema, request.body, ({ mode }) => {
        faults.behave(mode);
        return json(200, shown(parts));
      });
    case "POST faults":
      return reading(faultsSchema, request.body, (read) => {
        faults.add(...[read].flat());
        return json(200, { faults: faults.list() });
      });
    case "DELETE faults":
      faults.mend();
      return answer(json(200, { faults: [] }));
    case "POST consent":
      return reading(z.object({ given: z.boolean() }), request.body, ({ given }) => {
        simulator.consent(given);
        return done;
      });
    case "POST team":
      return reading(z.object({ joined: z.boolean() }), request.body, async ({ joined }) => {
        await (joined ? simulator.joinTeam() : simulator.leaveTeam());
        return done;
      });
    case "POST announce":
      await simulator.announce();
      return answer(done);
    default:
      return nowhere;
  }
}

async function personDoes(
  request: SimulatorRequest,
  name: string,
  action: string | undefined,
  { simulator, memory }: ControlParts,
): Promise<SimulatorReply> {
  const found = memory.userNamed(name);
  if (found === undefined) return problem(404, "There is nobody of that name in the chat");
  const user = simulator.user(found.upn);
  switch (`${request.method} ${action ?? ""}`) {
    case "POST says":
      return reading(saidSchema, request.body, async ({ text }) => json(200, await user.says(text)));
    case "POST presses":
      return reading(
        pressedSchema,
        request.body,
        async ({ conversation, message: id, action: pressed, inputs, isOldClient }) => {
          const message = memory.message(conversation, id);
          if (message === undefined) return json(404, { title: "The message is not there any more" });
          return json(200, await user.presses(message, pressed, { inputs, isOldClient }));
        },
      );
    case "POST reacts":
      return reading(reactedSchema, request.body, async ({ message, reaction, isAdded }) =>
        json(200, await user.reacts(message, reaction, isAdded)),
      );
    case "POST installs":
      return answer(json(200, await user.installs()));
    case "POST uninstalls":
      return answer(json(200, await user.uninstalls()));
    case "POST blocks":
      user.blocks();
      return answer(done);
    case "POST unblocks":
      user.unblocks();
      return answer(done);
    default:
      return nowhere;
  }
}

async function inChannel(
  request: SimulatorRequest,
  name: string,
  action: string | undefined,
  { simulator, memory }: ControlParts,
): Promise<SimulatorReply> {
  if (memory.channel(name) === undefined) return problem(404, "There is no such channel");
  const channel = simulator.channel(name);
  switch (`${request.method} ${action ?? ""}`) {
    case "POST says":
      return reading(inChannelSchema, request.body, async ({ as, text, thread, mentions }) => {
        if (memory.userNamed(as) === undefined)
          return json(404, { title: "There is nobody of that name in the chat" });
        const options = {
          ...(thread !== undefined && { thread }),
          ...(mentions !== undefined && { mentions }),
        };
        return json(200, await channel.says(as, text, options));
      });
    case "POST deletes":
      return answer(json(200, await channel.deletes()));
    default:
      return nowhere;
  }
}

function shown({ simulator, memory, faults }: ControlParts) {
  const places = [
    ...simulator.users().map(({ conversation }) => conversation),
    ...memory.channels().map(({ id }) => id),
    "probe",
  ];
  const conversations = places.map((id) => ({ id, activities: memory.said(id) }));
  return {
    mode: faults.mode,
    conversations: conversations.filter(({ activities }) => activities.length > 0),
  };
}

function whoAndWhere({ simulator, memory, faults }: ControlParts) {
  const newest = (conversation: string) =>
    memory.said(conversation).findLast(({ from }) => from === undefined)?.id;
  return {
    mode: faults.mode,
    bot: simulator.account.bot.name,
    team: { name: simulator.account.team.name, joined: memory.inTeam },
    people: simulator.users().map((user) => ({
      upn: user.upn,
      id: user.aadObjectId,
      name: user.name,
      conversation: user.conversation,
      installed: memory.installedFor(user),
      newest: newest(user.conversation),
    })),
    channels: memory.channels().map((channel) => ({ ...channel, newest: newest(channel.id) })),
  };
}

function view({ path }: SimulatorRequest, { simulator, memory }: ControlParts): SimulatorReply {
  const { searchParams } = new URL(path, "http://chat.invalid");
  const user = memory.userNamed(searchParams.get("as") ?? "");
  if (user === undefined) return problem(404, "There is nobody of that name in the chat");
  const conversation = searchParams.get("in") ?? user.conversation;
  // Nobody reads the chat of somebody else.
  const isOther = memory.place(conversation)?.kind === "personal" && conversation !== user.conversation;
  if (isOther) return problem(403, "That chat is somebody else's");
  const messages = simulator.user(user.upn).sees(conversation);
  return answer(json(200, { conversation, messages }));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray %: it will match nothing
  }
}
