// A link in a text: looking changes nothing, a button answers, and whoever holds no link of ours learns nothing.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hours, minutes } from "../../functions/core/time.ts";
import { linkOn, press, words } from "../support/links.ts";
import { aWorld, phones, type World } from "../support/world.ts";

const { ada, linus } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

let world: World;
let link: string;
beforeEach(async () => {
  world = await aWorld();
  world.fail({ kind: "html", status: 503, times: 10_000 });
  await world.alert(outage);
  link = linkOn(world, ada);
});
afterEach(() => world.end());

const owner = async () => (await world.theIncident()).owner?.id;
const open = async (address = link, init?: RequestInit) => {
  const answer = await fetch(address, init);
  await world.rest();
  return answer;
};

describe("who looks", () => {
  test("sees what it is, since when, who is asked and how it stands", async () => {
    const page = words(await (await open()).text());
    for (const said of [
      "CRITICAL Checkout",
      "Payments time out",
      "Since",
      "Ada Okafor",
      "Waiting for your answer.",
    ])
      expect(page).toContain(said);
  });

  test("changes nothing, however often and by whatever method a preview looks", async () => {
    for (const method of ["GET", "HEAD", "GET", "OPTIONS", "PUT", "DELETE"]) await open(link, { method });
    await open(`${link}?act=acknowledge&order=${"0".repeat(26)}`);
    expect(await owner()).toBeUndefined();
    expect((await world.theIncident()).pages[0]?.state).toBe("open");
  });

  test("is asked for an answer to what became urgent in the same hands", async () => {
    await world.alert({ ...outage, title: "Disk 81% full", service: "website", severity: "warning" });
    const first = linkOn(world, ada);
    await press(world, first, "acknowledge");
    expect(words(await (await open(first)).text())).toContain("You have it.");
    await world.alert({ ...outage, service: "website" });
    const anew = linkOn(world, ada);
    expect(anew).not.toBe(first);
    expect(words(await (await open(anew)).text())).toContain("Waiting for your answer.");
  });

  test("gets a page that nobody keeps, frames, lists or hands on, and that loads nothing", async () => {
    const { headers } = await open();
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(headers.get("content-security-policy")).not.toContain("script-src");
    // Not even Teams, which frames the command post.
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-frame-options")).toBe("DENY");
  });
});

describe("who presses", () => {
  test("“I have it” has it, and is told so; nobody else is paged", async () => {
    expect(await press(world, link, "acknowledge")).toMatch(
      /You have it\..*Now You have it\.|Now You have it\..*You have it\./,
    );
    expect(await owner()).toBe("ada");
    await world.pass(minutes(10));
    expect(world.pages(linus)).toEqual([]);
    const { timeline } = await world.theIncident();
    expect(timeline.find(({ type }) => type === "PageAcknowledged")?.text).toBe("Ada Okafor answered: yes.");
  });

  test("“Not me” passes it on at once", async () => {
    expect(await press(world, link, "decline")).toContain("Noted: not you. The next one is asked.");
    expect(world.pages(linus)).toHaveLength(1);
  });

  test("“More help” pages the next ones as well, and stays", async () => {
    expect(await press(world, link, "escalate")).toContain("More help is being paged. You stay on it.");
    expect(world.pages(linus)).toHaveLength(1);
  });

  test("one button twice, as a reload does, does it once; another button after it is another order", async () => {
    const order = "01KAJ1BWY0ABCDEFGHJKMNPQRS";
    await press(world, link, "escalate", order);
    await press(world, link, "escalate", order);
    const asked = (await world.theIncident()).timeline.filter(({ type }) => type === "PageEscalated");
    expect(asked).toHaveLength(1);
    expect(await press(world, link, "acknowledge")).toContain("You have it.");
  });

  test("another button of the same form, pressed before the answer came, is another order and does what it says", async () => {
    const order = "01KAJ1BWY0ABCDEFGHJKMNPQRS";
    await press(world, link, "acknowledge", order);
    expect(await press(world, link, "decline", order)).toContain("The next one is asked.");
    expect(await owner()).toBeUndefined();
    expect(world.pages(linus)).toHaveLength(1);
  });

  test("after somebody else has it is told who, and takes nothing away", async () => {
    await world.pass(minutes(5));
    await press(world, linkOn(world, linus), "acknowledge");
    expect(await press(world, link, "acknowledge")).toContain("Already answered by Linus Ekdahl.");
    expect(await owner()).toBe("linus");
  });

  test("after the end is told that it is over, and sees no buttons any more", async () => {
    const { id } = await world.theIncident();
    await world.order(id, "resolve");
    const page = await (await open()).text();
    expect(words(page)).toContain("It is over.");
    expect(page).not.toContain("<button");
  });

  test.each(["", "act=", "act=resolve", "act=__proto__", "act=toString", "nonsense"])(
    "what is no button changes nothing: %j",
    async (body) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      expect((await open(link, { method: "POST", headers, body })).status).toBe(400);
      expect(await owner()).toBeUndefined();
    },
  );
});

describe("a link that is not valid", () => {
  const changed = (address: string) => address.slice(0, -1) + (address.endsWith("A") ? "Q" : "A");

  test("because it is too old, forged or cut off shows one and the same page, and tells nothing", async () => {
    const pages = new Set<string>();
    for (const address of [changed(link), link.slice(0, -4), `${link}A`, link.replace(/\/a\/.*/, "/a/x")]) {
      const answer = await open(address);
      expect(answer.status).toBe(404);
      pages.add(await answer.text());
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      expect((await open(address, { method: "POST", headers, body: "act=acknowledge" })).status).toBe(404);
    }
    await world.pass(hours(4));
    pages.add(await (await open()).text());
    expect([...pages]).toHaveLength(1);
    expect(words([...pages].join())).toContain("This link is not valid");
    expect([...pages].join()).not.toMatch(/Checkout|Ada|Payments/);
    expect(await owner()).toBeUndefined();
  });

  test("answers no other page than its own", async () => {
    await world.alert({ ...outage, service: "website", dedup_key: "another" });
    await press(world, link, "acknowledge");
    const incidents = await world.open();
    expect(
      incidents.map((each) => each.owner?.id ?? "nobody").toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(["ada", "nobody"]);
  });
});

test("the key outlives the hub: a link of before works after it starts again", async () => {
  await world.restart();
  // A connection of before may be tried once more.
  await open().catch(() => undefined);
  expect(await press(world, link, "acknowledge")).toContain("You have it.");
});

test("texts by the first carrier bear no link: the golden message stays as it is", async () => {
  const healthy = await aWorld();
  await healthy.alert(outage);
  expect(healthy.pages(ada)[0]).toMatch(/3 more help$/);
  await healthy.end();
});
