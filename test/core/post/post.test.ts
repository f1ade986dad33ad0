// An incident's place in the chat: when it is brought up to date, in which order, and what follows of a chat that says no.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Step } from "../../../functions/core/post/next-step.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import {
  aPost,
  down,
  gone,
  messageGone,
  nameOf,
  noConsent,
  silent,
  tooFast,
  type Verdict,
} from "./post-spec.ts";

const only =
  (verdict: Verdict, ...names: readonly string[]) =>
  (step: Step): Verdict =>
    names.includes(nameOf(step)) ? verdict : undefined;

const posted = () => {
  const place = aPost();
  place.follow();
  place.carryOut();
  return place;
};
const declared = (more: { sensitive?: boolean } = {}) => {
  const place = posted();
  place.later(seconds(60));
  Object.assign(place.incident, { declared: true, ownChannels: true, ...more });
  place.follow(2);
  return place;
};

describe("the pace", () => {
  test("the first thing that happens is shown at once: the card, and under it the log", () => {
    const place = aPost();
    place.follow();
    expect(place.carryOut().map(nameOf)).toEqual(["begin home", "tell home"]);
    expect(place.state).toMatchObject({ shown: 1, told: 1, stage: { name: "idle" } });
    expect(place.due).toBeUndefined();
  });

  test("what happens within two seconds of an update is shown together, when they are over", () => {
    const place = posted();
    for (let version = 2; version <= 200; version++) {
      place.later(5);
      place.follow(version);
    }
    expect(place.has("PostWanted")).toBe(1);
    expect(place.due).toBe(1_000_000 + seconds(2));
    place.pass(seconds(10));
    expect(place.has("PostWanted")).toBe(2);
    expect(place.state.shown).toBe(200);
  });

  test("what happens while an update is under way is shown by the next one", () => {
    const place = aPost();
    place.follow(1);
    place.follow(2);
    place.follow(3);
    expect(place.types()).toEqual(["PostWanted", "PostDeferred"]);
    place.carryOut();
    expect(place.due).toBe(1_000_000 + seconds(2));
    place.pass(seconds(2));
    expect(place.due).toBeUndefined();
    expect(place.has("PostWanted")).toBe(2);
  });

  test("news that was shown already, or comes a second time, changes nothing", () => {
    const place = posted();
    place.later(seconds(60));
    const before = place.events.length;
    place.follow(1);
    expect(place.events).toHaveLength(before);
  });

  test("an update that nobody reports on is asked for again, ever more slowly", () => {
    const place = aPost();
    place.follow();
    const waits: number[] = [];
    for (let n = 0; n < 8; n++) {
      const { now, due = 0 } = place;
      waits.push((due - now) / 1000);
      place.later(due - now);
      place.order({ type: "PassTime" });
    }
    expect(waits).toEqual([40, 80, 160, 320, 600, 600, 600, 600]);
    place.carryOut();
    expect(place.due).toBeUndefined();
    expect(place.state.home).toBeDefined();
  });

  test("a late report of an update that was asked for again ends nothing", () => {
    const place = aPost();
    place.follow();
    place.later(seconds(41));
    place.order({ type: "PassTime" });
    place.order({ type: "Finish", update: "u1", version: 1, changed: [], more: false });
    expect(place.state.stage).toMatchObject({ name: "under-way", update: "u2" });
  });

  test("whatever happens in whatever chat: never two updates within two seconds, and in the end all is shown and told", () => {
    const verdicts = fc.constantFrom<Verdict>(undefined, undefined, down, silent, tooFast, messageGone, gone);
    const acts = fc.oneof(
      fc.record({ act: fc.constant("follow" as const), by: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ act: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
      fc.record({ act: fc.constant("declare" as const), sensitive: fc.boolean() }),
      fc.record({ act: fc.constant("lose" as const) }),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), fc.infiniteStream(verdicts), (story, chance) => {
        const place = aPost();
        const moody = () => chance.next().value;
        for (const told of story) {
          if (told.act === "follow") place.follow(place.incident.version + told.by);
          if (told.act === "pass") place.pass(told.ms, moody);
          if (told.act === "declare") {
            Object.assign(place.incident, { declared: true, ownChannels: true, sensitive: told.sensitive });
            place.follow(place.incident.version + 1);
          }
          // An update that was wanted and is carried out by nobody is left to the clock.
          if (told.act !== "lose") place.carryOut(moody);
        }
        place.incident.declared = false;
        place.follow(place.incident.version + 1);
        place.carryOut();
        place.pass(hours(3));
        const wanted = place.events.flatMap((event) => (event.type === "PostWanted" ? [event.at] : []));
        for (const [n, at] of wanted.entries())
          if (n > 0) expect(at - (wanted[n - 1] ?? 0)).toBeGreaterThanOrEqual(2000);
        expect(place.due).toBeUndefined();
        expect(place.state).toMatchObject({
          shown: place.incident.version,
          told: place.incident.version,
          home: { shows: place.incident.version },
          news: [],
          failing: {},
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a chat that says no", () => {
  test("is asked again after as long as it says, and not before", () => {
    const place = aPost();
    place.follow();
    place.carryOut(only(tooFast, "begin home"));
    expect(place.due).toBe(1_000_000 + seconds(30));
    place.later(seconds(5));
    place.follow(2);
    place.follow(3);
    place.pass(seconds(24));
    expect(place.has("PostWanted")).toBe(1);
    place.pass(seconds(1));
    expect(place.names()).toEqual(["begin home", "tell home"]);
    expect(place.state.shown).toBe(3);
  });

  test("that is down is asked ever more slowly, once a minute in the end, and shows all of it when it is back", () => {
    const place = posted();
    place.later(seconds(60));
    place.follow(2);
    place.carryOut(() => down);
    const before = place.refusals.length;
    place.pass(minutes(30), () => down);
    expect(place.refusals.length - before).toBeLessThan(40);
    place.follow(9);
    place.pass(minutes(2));
    expect(place.state).toMatchObject({ shown: 9, told: 9, failing: {} });
    expect(place.due).toBeUndefined();
  });

  test("for half a day is asked only when there is something new", () => {
    const place = aPost();
    place.follow();
    place.carryOut(() => down);
    place.pass(hours(13), () => down);
    expect(place.due).toBeUndefined();
    place.later(hours(1));
    place.follow(2);
    place.carryOut();
    expect(place.state).toMatchObject({ shown: 2, told: 2, failing: {} });
  });

  test("of which nobody knows whether it took the first post gets another one: rather two than none", () => {
    const place = aPost();
    place.follow();
    place.carryOut(only(silent, "begin home"));
    place.pass(seconds(2));
    expect(place.names()).toEqual(["begin home", "tell home"]);
  });

  test("and does not say as what it took the post: it stands there unchanged, and the log goes on", () => {
    const place = aPost();
    place.follow();
    place.order({
      type: "Record",
      what: "begun",
      spot: "home",
      conversation: "19:c;messageid=7",
      version: 1,
    });
    expect(place.carryOut().map(nameOf)).toEqual(["tell home"]);
    place.later(seconds(9));
    place.follow(2);
    expect(place.carryOut().map(nameOf)).toEqual(["tell home"]);
    expect(place.due).toBeUndefined();
  });

  test("because the channel of the config is gone: somebody is told to mend it, once, and it is tried again later", () => {
    const place = aPost();
    place.follow();
    place.carryOut(() => gone);
    place.pass(hours(1), () => gone);
    const failures = place.events.flatMap((event) => (event.type === "PostFailed" ? [event.operator] : []));
    expect(failures).toEqual([true, false, false, false, false, false, false]);
    place.pass(minutes(10));
    expect(place.state.home).toBeDefined();
  });
});

describe("the post is taken away", () => {
  test("another one is put up, with the log from where it was", () => {
    const place = posted();
    place.later(seconds(60));
    place.follow(2);
    expect(place.carryOut(only(messageGone, "change home")).map(nameOf)).toEqual([
      "change home",
      "begin home",
      "tell home",
    ]);
    expect(place.state.told).toBe(2);
    expect([...place.claims.values()]).toEqual(["release", "take"]);
  });

  test("time and again: the channel is not filled with posts", () => {
    const place = posted();
    for (let version = 2; version < 200; version++) {
      place.later(seconds(5));
      place.follow(version);
      place.carryOut(only(messageGone, "change home", "tell home"));
    }
    expect(place.state.begun.home).toBeLessThan(10);
  });

  test("whoever writes in its thread is led to the incident, and not by the channel that all share", () => {
    const place = posted();
    expect([...place.claims]).toEqual([
      [expect.stringMatching(/^post-place\/19:home;messageid=\d+$/), "take"],
    ]);
    const nameless = aPost();
    nameless.follow();
    nameless.order({ type: "Record", what: "begun", spot: "home", conversation: "19:home", version: 1 });
    expect([...nameless.claims]).toEqual([]);
  });
});

describe("a channel of its own", () => {
  test("is made when the incident is declared: a card in it, a line in the thread, and the log goes on there", () => {
    const place = declared();
    expect(place.carryOut().map(nameOf)).toEqual([
      "change home",
      "tell home",
      "make-channel",
      "begin own",
      "say own-channel",
    ]);
    expect(place.claims.get("post-place/19:own-0")).toBe("take");
    place.later(seconds(9));
    place.follow(3);
    expect(place.carryOut().map(nameOf)).toEqual(["change home", "change own", "tell own"]);
    expect(place.due).toBeUndefined();
  });

  test("is not made where nobody wants one", () => {
    const place = posted();
    place.later(seconds(60));
    Object.assign(place.incident, { declared: true });
    place.follow(2);
    expect(place.carryOut().map(nameOf)).toEqual(["change home", "tell home"]);
  });

  test("that is refused leaves the thread as the place: said once, and never tried again", () => {
    const place = declared();
    expect(place.carryOut(only(noConsent, "make-channel")).map(nameOf)).toEqual([
      "change home",
      "tell home",
      "make-channel",
      "say no-channel",
    ]);
    expect(place.events.at(-3)).toMatchObject({ type: "PostChannelRefused", operator: true });
    for (let version = 3; version < 6; version++) {
      place.later(seconds(9));
      place.follow(version);
      expect(place.carryOut().map(nameOf)).toEqual(["change home", "tell home"]);
    }
  });

  test("gets another name where somebody else has that one, and after some tries none", () => {
    const taken: Verdict = { outcome: "giveUp", reason: "name-taken" };
    const twice = declared();
    let names = 0;
    twice.carryOut((step) => (step.step === "make-channel" && names++ < 2 ? taken : undefined));
    expect(twice.state.own).toMatchObject({ name: "made", channel: "19:own-2" });
    const never = declared();
    never.carryOut(only(taken, "make-channel"));
    never.pass(minutes(1), only(taken, "make-channel"));
    expect(never.state.own.name).toBe("refused");
  });

  test("that is slow to come holds up nothing: card and thread go on, and after ten minutes it is let be", () => {
    const place = declared();
    place.carryOut(only(down, "make-channel"));
    place.later(seconds(3));
    place.follow(3);
    place.carryOut(only(down, "make-channel"));
    expect(place.state).toMatchObject({ shown: 3, told: 3 });
    place.pass(minutes(13), only(down, "make-channel"));
    expect(place.state.own.name).toBe("refused");
    expect(place.names().filter((name) => name.startsWith("say"))).toEqual(["say no-channel"]);
    expect(place.due).toBeUndefined();
  });

  test("is not made any more when the incident ended before it could be", () => {
    const place = declared();
    place.carryOut(only(tooFast, "make-channel"));
    place.incident.declared = false;
    place.pass(minutes(5));
    expect(place.names()).not.toContain("make-channel");
    expect(place.due).toBeUndefined();
  });

  test("that is deleted: the thread is the place again, and says so", () => {
    const place = declared();
    place.carryOut();
    place.later(seconds(9));
    place.follow(3);
    const ownIsGone = only(gone, "change own", "begin own", "tell own");
    expect(place.carryOut(ownIsGone).map(nameOf)).toEqual([
      "change home",
      "change own",
      "begin own",
      "say channel-gone",
      "tell home",
    ]);
    expect(place.claims.get("post-place/19:own-0")).toBe("release");
    expect(place.state).toMatchObject({ told: 3, own: { name: "lost" } });
    expect(place.due).toBeUndefined();
  });

  test("goes on when the channel that all share is gone", () => {
    const place = declared();
    place.carryOut();
    place.later(seconds(9));
    place.follow(3);
    const homeIsGone = only(gone, "change home", "begin home");
    expect(place.carryOut(homeIsGone).map(nameOf)).toEqual([
      "change home",
      "begin home",
      "change own",
      "tell own",
    ]);
    expect(place.state.told).toBe(3);
  });
});

describe("a sensitive incident", () => {
  test("is told in its own channel and nowhere else", () => {
    const place = declared({ sensitive: true });
    expect(place.carryOut().map(nameOf)).toEqual([
      "change home",
      "make-channel",
      "begin own",
      "say own-channel",
      "tell own",
    ]);
  });

  test("waits for its channel, and without one is told nobody", () => {
    const place = declared({ sensitive: true });
    place.carryOut(only(down, "make-channel"));
    expect(place.state.told).toBe(1);
    place.pass(minutes(1), only(noConsent, "make-channel"));
    expect(place.names().filter((name) => name === "tell home")).toHaveLength(1);
    expect(place.names().slice(-2)).toEqual(["say no-channel", "tell nobody"]);
    expect(place.state.told).toBe(2);
  });
});
