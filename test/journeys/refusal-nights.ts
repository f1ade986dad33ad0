// Nights on which a carrier says that somebody can't be reached by it: the operator finds it under `ready`, with what to do,
// until a message has gone through, whatever it was that was refused and whoever carried it in its place.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { phones, sampleConfig, type World, type WorldSettings } from "../support/world.ts";

const { ada } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };
const another = { ...outage, service: "website" };
const textsOnly = sampleConfig().replaceAll("phone: ", "sms: ").replaceAll("work-sms", "work");

interface Readiness {
  readonly ready: boolean;
  readonly findings: readonly {
    readonly standing: string;
    readonly about: string;
    readonly says: string;
    readonly advice?: string;
  }[];
}

export function refusalNights(aWorld: (settings?: WorldSettings) => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await aWorld({ config: textsOnly });
  });
  afterEach(() => world.end());

  const ready = () => world.get<Readiness>("/api/readiness");
  const problems = async () =>
    (await ready()).findings.flatMap(({ standing, about, says }) =>
      standing === "problem" ? [`${about}: ${says}`] : [],
    );
  const refuse = (code: number, times = 100) =>
    world.fail({ kind: "status", to: ada, status: 400, code, times });
  const heal = () => fetch(`${world.url}/simulator/faults`, { method: "DELETE" });
  const country =
    'ada: Twilio refuses texts to Ada Okafor ("sms"): our account or number may not reach that country';

  test("a country that is not allowed stands with the person though another carrier took the page", async () => {
    expect(await ready()).toMatchObject({ ready: true });
    refuse(21408);
    await world.alert(outage);
    expect(world.pages(ada)).toHaveLength(1);
    expect(await problems()).toEqual([country]);
    expect((await ready()).findings[0]?.advice).toMatch(/Geo permissions.*then send a drill/);
    const { providers } = await world.get<{ providers: readonly { text: string; refuses: unknown }[] }>(
      "/api/providers",
    );
    expect(providers[0]).toMatchObject({
      state: "well",
      refuses: ["ada"],
      text: expect.stringContaining("Ada Okafor"),
    });
  });

  test("it is over once a message went through by that carrier", async () => {
    refuse(21408);
    await world.alert(outage);
    await heal();
    expect(await problems()).toEqual([country]);
    await world.alert(another);
    expect(await problems()).toEqual([]);
  });

  test("a sender that is not registered is known by a report, and no sooner over than a message arrived", async () => {
    const unregistered =
      "twilio: Twilio refuses our texts, to Ada Okafor so far: our sending number is not set up for it";
    world.fail({ kind: "undelivered", to: ada, code: 30034, times: 100 });
    await world.alert(outage);
    await world.pass(seconds(5));
    expect(await problems()).toEqual([unregistered]);
    // Taken, and nobody knows whether it arrived.
    await heal();
    world.fail({ kind: "reports-lost", to: ada, times: 100 });
    await world.alert(another);
    await world.pass(seconds(5));
    expect(await problems()).toEqual([unregistered]);
    await heal();
    const [first] = await world.open();
    await world.order(first?.id ?? "", "resolve");
    await world.pass(seconds(5));
    expect(await problems()).toEqual([]);
  });

  test("a number that one carrier calls bad stands with the person though the other took the page", async () => {
    refuse(21211);
    await world.alert(outage);
    expect(world.pages(ada)).toHaveLength(1);
    expect(await problems()).toEqual([
      'ada: Twilio refuses texts to Ada Okafor ("sms"): the number does not exist',
    ]);
    await heal();
    await world.alert(another);
    expect(await problems()).toEqual([]);
  });

  test("a number that both call bad is closed, and told once", async () => {
    refuse(21211);
    world.secondCarrier.fail({ kind: "undelivered", to: ada, event: "TEXT_INVALID" });
    await world.alert(outage);
    await world.pass(seconds(5));
    expect(await problems()).toHaveLength(1);
  });

  test("a text that the carrier took and then reports refused goes out by the other carrier", async () => {
    world.fail({ kind: "undelivered", to: ada, code: 30034, times: 100 });
    await world.alert(outage);
    expect(world.pages(ada)).toEqual([]);
    await world.pass(seconds(6));
    expect(world.pages(ada)).toHaveLength(1);
    expect(await problems()).toEqual([expect.stringMatching(/^twilio: Twilio refuses our texts/)]);
    await heal();
    await world.alert(another);
    await world.pass(seconds(5));
    expect(await problems()).toEqual([]);
  });

  test("what is refused may be a notice", async () => {
    await world.alert(outage);
    refuse(21608);
    await world.order((await world.theIncident()).id, "resolve");
    expect(await problems()).toEqual([
      expect.stringMatching(/^ada: Twilio refuses texts .* may not reach that number$/),
    ]);
  });

  test("what is reported as refused may be a notice", async () => {
    await world.alert(outage);
    await world.pass(seconds(5));
    world.fail({ kind: "undelivered", to: ada, code: 63038 });
    await world.order((await world.theIncident()).id, "resolve");
    await world.pass(seconds(5));
    expect(await problems()).toEqual([expect.stringMatching(/^twilio: Twilio refuses our texts/)]);
  });

  test("what is refused may be the card of a role", async () => {
    refuse(21408);
    await world.restart(`${textsOnly}\nemergency: { ic: [ada] }\n`);
    await world.rest();
    expect(await problems()).toEqual([country]);
  });

  test("the second carrier refuses by its answer or by its events", async () => {
    world.fail({ kind: "html", status: 503, times: 10_000 });
    world.secondCarrier.fail({ kind: "undelivered", to: ada, event: "TEXT_PROTECT_BLOCKED" });
    await world.alert(outage);
    await world.pass(seconds(5));
    expect(await problems()).toEqual([expect.stringMatching(/^ada: The second carrier refuses texts/)]);
    await world.alert(another);
    await world.pass(seconds(5));
    expect(await problems()).toEqual([]);
    // An outage passes by itself: it is told, and nobody is asked to fix it.
    expect((await ready()).findings).toContainEqual(
      expect.objectContaining({ about: "twilio", standing: "warning" }),
    );
  });

  test("an account that is refused is a problem of the hub", async () => {
    world.fail({ kind: "status", status: 401, code: 20003, times: 10_000 });
    await world.alert(outage);
    expect(await problems()).toEqual([expect.stringMatching(/^twilio: Twilio .*refuses our account/)]);
  });

  describe("with phones that ring", () => {
    beforeEach(async () => {
      await world.end();
      world = await aWorld();
    });
    const calls =
      'ada: Twilio refuses calls to Ada Okafor ("voice"): our account or number may not reach that country';

    test("what is refused may be a call into the room; a call that rings proves the contrary", async () => {
      await world.alert(outage);
      const { id } = await world.theIncident();
      await world.order(id, "acknowledge");
      await world.order(id, "open-bridge");
      await world.pass(seconds(40));
      refuse(21215);
      const callIn = () => world.post(`/api/incidents/${id}/commands`, { type: "call-in", person: "ada" });
      await callIn();
      expect(await problems()).toEqual([calls]);
      await heal();
      await world.pass(minutes(2));
      await callIn();
      expect(await problems()).toEqual([]);
    });

    test("texts and calls are told apart", async () => {
      refuse(21215, 2);
      await world.alert(outage);
      expect((await problems()).toSorted()).toEqual([calls, country]);
    });
  });
}
