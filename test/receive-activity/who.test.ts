// Whose account it is that speaks, as the roster of the conversation tells it.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatMember } from "../../functions/ports.ts";
import { whoSpeaks } from "../../functions/receive-activity/who.ts";
import { ada, aTeamsDoor, type TeamsDoor } from "../support/teams-door.ts";

let door: TeamsDoor;
beforeAll(async () => {
  door = await aTeamsDoor();
});
afterAll(() => door.close());

/** Somebody new each time: what was learned of one is nothing of the next. */
let count = 0;
async function spoken(tenant: string | undefined, more: Partial<ChatMember> = {}) {
  const user = `ada00000-0000-4000-8000-00000000000${count++}`;
  const member: ChatMember = { user, id: "29:1", name: ada, tenant, ...more };
  const chat = { ...door.ports.chat, member: () => Promise.resolve({ outcome: "done", member } as const) };
  const told = {
    kind: "seen",
    id: "1",
    serviceUrl: "http://localhost:3978/",
    tenant: "THEIR-OWN",
    from: { id: "29:1", user },
    at: { kind: "personal", conversation: "a:1" },
  } as const;
  const { clock } = door.ports;
  return whoSpeaks({ places: door.places, directory: door.house.directory, chat, clock }, told, "test");
}

test("an account is known by its name where it is of the conversation's tenant, or the roster says of none", async () => {
  for (const tenant of ["their-own", undefined])
    expect(await spoken(tenant)).toMatchObject({ person: { id: "ada" } });
});

test("a guest of another organisation, somebody else and an account without a name are nobody", async () => {
  expect(await spoken("another")).toMatchObject({ person: undefined, isUnsure: true });
  const other = "ada00000-0000-4000-8000-0000000000ff";
  expect(await spoken("their-own", { user: other })).toMatchObject({ person: undefined });
  expect(await spoken("their-own", { name: undefined })).toMatchObject({ person: undefined });
});
