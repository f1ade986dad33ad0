// Calls: that somebody picked up answers nothing, a machine hastens the next way, and a promise is kept in mind.
import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  callEnded,
  contact,
  decline,
  failed,
  handed,
  pickedUp,
  signedIn,
  standDown,
  textAndCall,
  uncertain,
} from "../../support/on-call.ts";
import { given, nightOf, pass, withContacts } from "../../support/spec.ts";

const [text, call] = ["p1.0.1", "p1.1.1"] as const;
const adaIsTextedAndCalled = withContacts(contact("ada", textAndCall));
/** The call first, the text two minutes later. */
const adaIsCalledFirst = withContacts(
  contact("ada", [
    { method: "voice", channel: "voice", after: 0 },
    { method: "sms", channel: "sms", after: minutes(2) },
  ]),
);
const graceIsCalledOnly = withContacts(contact("grace", [{ method: "voice", channel: "voice", after: 0 }]));
const promised = (arrivingIn = minutes(20)) => ({ ...acknowledge("ada", "p1"), arrivingIn }) as const;

test("a page that is texted and called wants both at once", () => {
  given(adaIsTextedAndCalled)
    .when(alert())
    .thenAmong({ type: "DeliveryWanted", channel: "sms" }, { type: "DeliveryWanted", channel: "voice" });
});

test("that somebody picked up is on the timeline, and answers nothing", () => {
  const heard = given(adaIsTextedAndCalled, alert(), handed(call)).when(pickedUp(call, "human"));
  heard.then({ type: "CallPickedUp", delivery: call, who: "human" });
  const { night } = heard;
  expect(night.state.paging.pages["p1"]?.state).toBe("open");
  expect(night.state.paging.requests["owner"]?.state.name).toBe("open");
});

test("first it is known that somebody picked up, then who; never the other way round", () => {
  const rings = [adaIsTextedAndCalled, alert(), handed(call)];
  given(...rings, pickedUp(call, "unknown"))
    .when(pickedUp(call, "human"))
    .then({ type: "CallPickedUp", who: "human" });
  given(...rings, pickedUp(call, "unknown"))
    .when(pickedUp(call, "unknown"))
    .thenNothing();
  given(...rings, pickedUp(call, "machine"))
    .when(pickedUp(call, "unknown"))
    .thenNothing();
  given(...rings, pickedUp(call, "human"))
    .when(pickedUp(call, "machine"))
    .thenNothing();
  given(...rings, callEnded(call, "busy"))
    .when(pickedUp(call, "human"))
    .thenNothing();
});

test("a call that was picked up went out, whatever was in doubt before", () => {
  given(adaIsTextedAndCalled, alert(), uncertain(call))
    .when(pickedUp(call, "unknown"))
    .then({ type: "DeliveryHanded", receipt: `CA-${call}` }, { type: "CallPickedUp" });
});

test("a machine that picks up starts the next way at once, and the call goes on", () => {
  given(adaIsCalledFirst, alert(), handed("p1.0.1"))
    .when(pickedUp("p1.0.1", "machine"))
    .then(
      { type: "CallPickedUp", who: "machine" },
      { type: "DeliveryWanted", channel: "sms", cause: "previous-failed" },
    );
});

test("a press that comes although a machine picked up still counts", () => {
  given(adaIsCalledFirst, alert(), handed("p1.0.1"), pickedUp("p1.0.1", "machine"))
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "PageAcknowledged" }, { type: "RequestSatisfied", people: ["ada"] });
});

test("a human who picks up leaves the next way its time", () => {
  const { events } = given(adaIsCalledFirst, alert(), handed("p1.0.1")).when(pickedUp("p1.0.1", "human"));
  expect(events).toHaveLength(1);
});

test.each(["busy", "not-answered", "no-key-pressed", "call-ended"] as const)(
  "a call that led to nothing (%s) takes the next way at once",
  (reason) => {
    given(adaIsCalledFirst, alert(), handed("p1.0.1"))
      .when(callEnded("p1.0.1", reason))
      .then(
        { type: "DeliveryFailed", channel: "voice", reason, operator: false },
        { type: "DeliveryWanted", channel: "sms", cause: "previous-failed" },
      );
  },
);

test("a call that a machine took and no key ended is told as that", () => {
  given(adaIsTextedAndCalled, alert(), handed(call), pickedUp(call, "machine"))
    .when(callEnded(call, "no-key-pressed"))
    .then({ type: "DeliveryFailed", reason: "machine-answered" });
});

test("while the text is out, a call that led to nothing waits for an answer to the text", () => {
  const { night } = given(adaIsTextedAndCalled, alert(), handed(text), handed(call)).when(
    callEnded(call, "not-answered"),
  );
  expect(night.state.paging.pages["p1"]?.state).toBe("open");
});

test("when the call was the only way, and was missed twice, the next level is paged at once", () => {
  given(
    withContacts(contact("ada", [{ method: "voice", channel: "voice", after: 0 }])),
    alert(),
    handed("p1.0.1"),
    callEnded("p1.0.1", "not-answered"),
    pass(seconds(30)),
    handed("p1.0.2"),
  )
    .when(callEnded("p1.0.2", "not-answered"))
    .thenAmong(
      { type: "PageExpired", page: "p1", reason: "not-answered" },
      { type: "LevelStarted", level: 1 },
    );
});

describe("a missed call", () => {
  const rung = [adaIsTextedAndCalled, alert(), handed(text), handed(call)] as const;

  test.each(["busy", "not-answered", "no-key-pressed"] as const)(
    "is made once more from the same number within two minutes (%s)",
    (reason) => {
      const missed = given(...rung).when(callEnded(call, reason));
      missed.then({ type: "DeliveryFailed", reason, retryAt: missed.night.now + seconds(30) });
      given(...rung, callEnded(call, reason))
        .whenPassed(seconds(30))
        .then({ type: "DeliveryWanted", delivery: "p1.1.2", channel: "voice", cause: "missed-call" });
    },
  );

  test("that voicemail took is made once more", () => {
    given(...rung, pickedUp(call, "machine"), callEnded(call, "no-key-pressed"))
      .whenPassed(seconds(30))
      .then({ type: "DeliveryWanted", cause: "missed-call" });
  });

  const twice = [...rung, callEnded(call, "not-answered"), pass(seconds(30)), handed("p1.1.2")] as const;

  test("is not made a third time", () => {
    given(...twice, callEnded("p1.1.2", "not-answered"))
      .whenPassed(minutes(4))
      .thenNo("DeliveryWanted");
  });

  test("is not repeated once the page was answered, declined or called off", () => {
    for (const order of [acknowledge("ada", "p1"), decline("ada", "p1"), standDown("kay")]) {
      given(...rung, callEnded(call, "not-answered"), order)
        .whenPassed(minutes(1))
        .thenNo("DeliveryWanted", "DeliveryFailed");
      given(...rung, order)
        .when(callEnded(call, "busy"))
        .then({ type: "DeliveryFailed", reason: "busy" });
    }
  });

  test("holds no level up: its page expires with it, and the next level rings in its time", () => {
    const { events } = given(
      ...rung,
      pass(minutes(4) + seconds(50)),
      callEnded(call, "not-answered"),
    ).whenPassed(seconds(10));
    expect(events).toMatchObject([
      { type: "PageExpired", person: "ada", reason: "not-answered" },
      { type: "LevelStarted", level: 1, cause: "not-answered" },
      { type: "PageOpened", person: "grace" },
      { type: "DeliveryWanted" },
    ]);
  });

  test("is made again when the severity is raised, and once more when that is missed", () => {
    const raised = [adaIsTextedAndCalled, alert("error"), handed(text), handed(call)] as const;
    given(...raised, callEnded(call, "not-answered"), pass(seconds(30)), callEnded("p1.1.2", "busy"))
      .when(alert("critical"))
      .thenAmong({ type: "DeliveryWanted" }, { type: "DeliveryWanted", delivery: "p1.1.3" });
  });
});

test("a call that ends after its page was answered failed at nothing", () => {
  const taken = [
    adaIsTextedAndCalled,
    alert(),
    handed(call),
    pickedUp(call, "human"),
    acknowledge("ada", "p1"),
  ];
  given(...taken)
    .when(callEnded(call, "no-key-pressed"))
    .thenNothing();
});

test("a call that was taken back is on the timeline, and leads to nothing else", () => {
  given(adaIsTextedAndCalled, alert(), handed(text), handed(call), acknowledge("ada", "p1"))
    .when(callEnded(call, "call-ended"))
    .then({ type: "DeliveryFailed", reason: "call-ended", operator: false });
});

test("a page by voice that a broken text leads to is the ordinary detour", () => {
  given(
    withContacts(
      contact("ada", [
        { method: "sms", channel: "sms", after: 0 },
        { method: "voice", channel: "voice", after: minutes(3) },
      ]),
    ),
    alert(),
  )
    .when(failed("p1.0.1"))
    .thenAmong({ type: "DeliveryWanted", channel: "voice", cause: "previous-failed" });
});

test("notices are never spoken: by text where one was tried, and else not at all", () => {
  given(adaIsTextedAndCalled, alert(), handed(text), handed(call))
    .when(standDown("kay"))
    .thenAmong({ type: "NoticeWanted", person: "ada", channel: "sms" });
  const toldByCall = given(graceIsCalledOnly, alert(), pass(minutes(5)), handed("p2.0.1")).when(
    standDown("kay"),
  );
  expect(toldByCall.events.filter(({ type }) => type === "NoticeWanted")).toMatchObject([{ person: "ada" }]);
});

test("who promises to come has it, and is not asked about it before that time", () => {
  const taken = given(adaIsTextedAndCalled, alert()).when(promised());
  const until = taken.night.now + minutes(20);
  taken.thenAmong(
    { type: "PageAcknowledged", page: "p1" },
    { type: "ArrivalPromised", person: "ada", until },
    { type: "RequestSatisfied", people: ["ada"], checkAt: until },
  );
  const request = taken.night.state.paging.requests["owner"]?.state;
  expect(request).toMatchObject({ name: "satisfied", owner: "ada" });
});

test("a promise that passes is asked after", () => {
  given(alert(), promised())
    .whenPassed(minutes(20))
    .thenAmong({ type: "AcknowledgementQuestioned", person: "ada" });
});

test("a promise that is shorter than the usual patience does not hasten the question", () => {
  given(alert())
    .when(promised(minutes(5)))
    .thenAmong({ type: "RequestSatisfied", checkAt: nightOf(alert()).now + minutes(15) });
});

test("a promise for what another has is refused, and promises nothing", () => {
  const { events } = given(alert(), { ...acknowledge("kay"), actor: signedIn("kay") }).when(promised());
  expect(events.map(({ type }) => type)).toEqual(["CommandRefused"]);
});
