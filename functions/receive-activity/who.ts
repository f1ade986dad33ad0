// Who speaks: the account that Teams names, and its person in the config. Neither a card nor a display name says who acts.
import { believedName } from "../core/conversation/name.ts";
import type { Person } from "../core/organisation.ts";
import { type Duration, seconds } from "../core/time.ts";
import type { Spoken } from "../sources/teams-activity.ts";
import type { Who } from "./commands/command.ts";
import type { House } from "./house.ts";

type Asking = Pick<House, "places" | "directory" | "chat" | "clock">;

/** Undefined where no account of the directory speaks. `anew`: the chat is asked for the name, whatever is known. */
export async function whoSpeaks(
  house: Asking,
  told: Spoken,
  cause: string,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Who | undefined> {
  const { user } = told.from;
  if (user === undefined) return undefined;
  const known = believedName((await house.places.known(user))?.person, house.clock.now());
  const found = await personOf(house, user, known?.name);
  // An account that the config names by its id is known whatever it is called now.
  const isSettled = known?.isFresh === true || (await house.directory.personInChat([user])) !== undefined;
  if (found !== undefined && isSettled && !anew) return { user, name: known?.name, person: found };
  const asked = await nameNow(house, told, user, cause);
  const name = asked ?? known?.name;
  const person = name === known?.name ? found : await personOf(house, user, name);
  return { user, name, person, ...(asked === undefined && person === undefined ? { isUnsure: true } : {}) };
}

const personOf = (
  { directory }: Asking,
  user: string,
  name: string | undefined,
): Promise<Person | undefined> => directory.personInChat(name === undefined ? [user] : [user, name]);

/** A press has to be answered within five seconds. https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
const mostWait = seconds(3);

async function inTime<Value>(answer: Promise<Value>, most: Duration): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), most);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Undefined where the chat does not tell; nobody else is believed. */
async function nameNow(
  { chat, places }: Asking,
  { from, at, serviceUrl, tenant }: Spoken,
  user: string,
  cause: string,
): Promise<string | undefined> {
  const asking = chat.member({ serviceUrl, conversation: at.channel ?? at.conversation }, from.id);
  const asked = await inTime(asking, mostWait);
  if (asked?.outcome !== "done") return undefined;
  const { member } = asked;
  // Somebody else, or a guest of another organisation, is not who was asked for.
  const isGuest = member.tenant !== undefined && member.tenant !== tenant.toLowerCase();
  if (member.user !== user || isGuest || member.name === undefined) return undefined;
  await places.learn(
    user,
    { tenant, serviceUrl, person: { id: from.id, name: member.name } },
    `${cause} name`,
  );
  return member.name;
}
