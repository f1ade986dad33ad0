// Nights without Twilio: the second carrier pages the same people, and they answer it as they always do.
import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { secondAccount } from "../../infra/local/simulator/second-carrier/account.ts";
import { phones, sampleConfig, type World, type WorldSettings } from "../support/world.ts";

const { ada, linus } = phones;
const outage = {
  title: "Payments time out",
  service: "checkout",
  severity: "critical",
  dedup_key: "payments",
};
/** What is told of texts needs no calls beside them. */
const textsOnly = sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work");

export function carrierNights(aWorld: (settings?: WorldSettings) => Promise<World>): void {
  const within = async (tell: (world: World) => Promise<void>, config: string = textsOnly) => {
    const world = await aWorld({ config });
    // Twilio is down as a whole, for the whole night.
    world.fail({ kind: "html", status: 503, times: 10_000 });
    try {
      await tell(world);
    } finally {
      await world.end();
    }
  };
  const senders = (world: World, phone: string) =>
    world.simulator
      .phone(phone)
      .messages.flatMap(({ direction, from }) => (direction === "outbound" ? [from] : []));
  const ended = (world: World, phone: string) =>
    world.simulator.phone(phone).calls.map(({ status }) => status);

  describe("when Twilio is down", () => {
    test("the page comes from the second carrier's number, at once", () =>
      within(async (world) => {
        await world.alert(outage);
        expect(world.pages(ada)).toHaveLength(1);
        expect(senders(world, ada)).toEqual([secondAccount.number]);
      }));

    test("a reply to that number takes it, and the answer comes back as a text", () =>
      within(async (world) => {
        await world.alert(outage);
        const { id, pages } = await world.theIncident();
        const code = pages[0]?.code ?? "";
        expect(await world.reply(ada, `1 ${code}`)).toContain("You have it");
        expect((await world.incident(id)).owner?.id).toBe("ada");
        await world.pass(minutes(10));
        expect(world.pages(linus)).toEqual([]);
      }));

    test("a reply that the queue brings twice is carried out once", () =>
      within(async (world) => {
        await world.alert(outage);
        await world.reply(ada, "1");
        const { id } = await world.theIncident();
        const { timeline } = await world.incident(id);
        expect(timeline.filter(({ type }) => type === "PageAcknowledged")).toHaveLength(1);
        expect(timeline.filter(({ type }) => type === "AcknowledgementRenewed")).toEqual([]);
      }));

    test("what its events tell stands on the page: delivered, or not", () =>
      within(async (world) => {
        await world.alert(outage);
        await world.pass(seconds(5));
        const [delivery] = (await world.theIncident()).pages[0]?.deliveries ?? [];
        expect(delivery?.state).toBe("confirmed");
      }));

    test("a handset that its events say is out of reach is a detour: the next level is paged", () =>
      within(async (world) => {
        world.secondCarrier.fail({ kind: "undelivered", to: ada });
        await world.alert(outage);
        await world.pass(seconds(5));
        expect(world.pages(ada)).toEqual([]);
        expect(world.pages(linus)).toHaveLength(1);
      }));

    test("a number that its events say is none is not texted again", () =>
      within(async (world) => {
        world.secondCarrier.fail({ kind: "undelivered", to: ada, event: "TEXT_INVALID" });
        await world.alert(outage);
        await world.pass(seconds(5));
        const { pages } = await world.theIncident();
        expect(pages[0]?.deliveries[0]).toMatchObject({
          state: "failed",
          reason: "the number does not exist",
        });
        await world.alert({ ...outage, service: "search", dedup_key: "another" });
        expect(world.texts(ada)).toEqual([]);
      }));

    test("STOP to the second carrier is honoured, and START undoes it", () =>
      within(async (world) => {
        await world.alert(outage);
        await world.reply(ada, "STOP");
        await world.pass(minutes(20));
        const before = world.pages(ada).length;
        await world.alert({ ...outage, dedup_key: "again", service: "search" });
        expect(world.pages(ada)).toHaveLength(before);
        expect(await world.reply(ada, "START")).toMatch(
          /You get pages by SMS again\..* send START there too\./,
        );
      }));

    test("a stranger who texts it is told so, and nothing changes", () =>
      within(async (world) => {
        await world.alert(outage);
        await world.secondCarrier.text("+12025550177", "1");
        await world.rest();
        expect(world.texts("+12025550177")[0]).toContain("not on its list");
        expect((await world.theIncident()).owner).toBeUndefined();
      }));

    test("who is called hears the page spoken, without a key to press", () =>
      within(async (world) => {
        world.simulator.callee(ada, { kind: "human", answersIn: 2_000 });
        await world.alert(outage);
        await world.pass(seconds(10));
        const calls = world.simulator.phone(ada).calls.filter(({ keyless }) => keyless === true);
        expect(calls.map(({ from }) => from)).toEqual([secondAccount.number]);
        expect(calls[0]?.spoken.join(" ")).toContain("Checkout, critical");
        expect(ended(world, ada)).toContain("completed");
      }, sampleConfig()));

    test("when both are down nobody is skipped: it is tried again, and comes when one is back", () =>
      within(async (world) => {
        world.secondCarrier.fail({ kind: "status", status: 503, times: 2 });
        await world.alert(outage);
        expect(world.pages(ada)).toEqual([]);
        await world.pass(minutes(2));
        expect(world.pages(ada).length).toBeGreaterThan(0);
      }));
  });
}
