// Who somebody is, by the roster of a team or a chat. One person is looked up; whoever is asked about while somebody else is
// being looked up there is one of a crowd, for which the whole roster is read once: the chat counts questions, not answers.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
import { type Duration, type Instant, seconds } from "../../core/time.ts";
import type { Chat, ChatMember, ChatRefusal, Clock, Place } from "../../ports.ts";
import { giveUp, type Said, textIn } from "./answers.ts";
import type { Question } from "./asking.ts";
import type { Ask } from "./speaking.ts";

/** A roster is used again for so long. */
const freshFor: Duration = seconds(30);
const pageSize = 500;
/** A team has at most 25,000 members; beyond this everybody is looked up alone. */
const mostPages = 10;

interface Read {
  readonly members: readonly ChatMember[];
  readonly isWhole: boolean;
}
type Roster = ({ readonly outcome: "done" } & Read) | ChatRefusal;

export function rosters(ask: Ask, clock: Clock): Pick<Chat, "member"> {
  const lookingUp = new Map<string, number>();
  const read = new Map<string, { readonly roster: Promise<Roster>; readonly until: Instant }>();

  const question = (place: Place, path: string): Question => ({
    method: "GET",
    base: place.serviceUrl,
    path: `v3/conversations/${encodeURIComponent(place.conversation)}/${path}`,
    creates: false,
    // Whose roster it may not read it is no part of.
    barred: "conversation-gone",
    missing: "not-in-chat",
  });

  async function lookUp(place: Place, who: string): ReturnType<Chat["member"]> {
    const { conversation } = place;
    lookingUp.set(conversation, (lookingUp.get(conversation) ?? 0) + 1);
    try {
      const found = await ask(question(place, `members/${encodeURIComponent(who)}`));
      if (found.outcome !== "done") return found;
      const member = memberIn(found.said);
      return member === undefined ? nobody : { outcome: "done", member };
    } finally {
      const others = (lookingUp.get(conversation) ?? 1) - 1;
      if (others > 0) lookingUp.set(conversation, others);
      else lookingUp.delete(conversation);
    }
  }

  async function readThrough(place: Place): Promise<Roster> {
    const members: ChatMember[] = [];
    let next: string | undefined;
    for (let pages = 0; pages < mostPages; pages++) {
      const after = next === undefined ? "" : `&continuationToken=${encodeURIComponent(next)}`;
      const found = await ask(question(place, `pagedmembers?pageSize=${pageSize}${after}`));
      if (found.outcome !== "done") return found;
      members.push(...membersIn(found.said));
      next = textIn(found.said, "continuationToken");
      if (next === undefined) return { outcome: "done", members, isWhole: true };
    }
    return { outcome: "done", members, isWhole: false };
  }

  function rosterOf(place: Place): Promise<Roster> {
    const roster = readThrough(place);
    const kept = { roster, until: clock.now() + freshFor };
    read.set(place.conversation, kept);
    // What went wrong is asked anew by whoever comes next.
    const forget = () => void (read.get(place.conversation) === kept && read.delete(place.conversation));
    void roster.then(({ outcome }) => (outcome === "done" ? undefined : forget()), forget);
    return roster;
  }

  return {
    async member(place, who) {
      const kept = read.get(place.conversation);
      const isFresh = kept !== undefined && clock.now() < kept.until;
      if (!isFresh && !lookingUp.has(place.conversation)) return lookUp(place, who);
      const roster = await (isFresh ? kept.roster : rosterOf(place));
      if (roster.outcome !== "done") return roster;
      const wanted = who.toLowerCase();
      const member = roster.members.find(
        ({ user, name, id }) => user === wanted || name === wanted || id === who,
      );
      if (member !== undefined) return { outcome: "done", member };
      return roster.isWhole && !isFresh ? nobody : lookUp(place, who);
    },
  };
}

const nobody = giveUp("not-in-chat", false);

const membersIn = ({ members }: Said): readonly ChatMember[] =>
  Array.isArray(members)
    ? (members as readonly unknown[]).flatMap((one) =>
        typeof one === "object" && one !== null ? (memberIn(one as Said) ?? []) : [],
      )
    : [];

/** Undefined for whoever is nobody of the directory: another bot. */
function memberIn(said: Said): ChatMember | undefined {
  const id = textIn(said, "id");
  const user = textIn(said, "aadObjectId") ?? textIn(said, "objectId");
  if (id === undefined || user === undefined) return undefined;
  return {
    user: user.toLowerCase(),
    id,
    name: textIn(said, "userPrincipalName")?.toLowerCase(),
    tenant: textIn(said, "tenantId")?.toLowerCase(),
  };
}
