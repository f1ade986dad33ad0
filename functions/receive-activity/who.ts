// Who it is that speaks: the account that Teams says, and the person to whom the config gives it. Nothing that stands on a
// card, and no name that anybody shows, says who acts.
import type { Person } from "../core/organisation.ts";
import { type Duration, seconds } from "../core/time.ts";
import type { Spoken } from "../sources/teams-activity.ts";
import type { Who } from "./commands/command.ts";
import type { House } from "./house.ts";

type Asking = Pick<House, "places" | "directory" | "chat">;

/** Undefined where no account of the directory speaks. `anew`: the chat is asked for the name, whatever is known. */
export async function whoSpeaks(
  house: Asking,
  told: Spoken,
  cause: string,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Who | undefined> {
  const { user } = told.from;
  if (user === undefined) return undefined;
  const known = (await house.places.known(user))?.person?.name;
  const found = await personOf(house, user, known);
  if (found !== undefined && !anew) return { user, name: known, person: found };
  // Nobody yet: an account is known to most configs by a name, and names change.
  const asked = await nameNow(house, told, user, cause);
  const name = asked ?? known;
  const person = name === known ? found : await personOf(house, user, name);
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
