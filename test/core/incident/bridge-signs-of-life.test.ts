// Whoever has it and is in the room is at work: nobody asks whether it is still in hand, and nobody else is rung for it.
import { test } from "vitest";
import { minutes } from "../../../functions/core/time.ts";
import { acknowledge, alert, handed, passTime } from "../../support/on-call.ts";
import { bridgeIsOpen, comes, everybodyHasAPhone, leaves } from "../../support/on-the-bridge.ts";
import { given, type Line, pass, stall } from "../../support/spec.ts";

const adaHasIt: readonly Line[] = [
  everybodyHasAPhone,
  alert(),
  handed("p1.0.1"),
  acknowledge("ada", "p1"),
  ...bridgeIsOpen("ada"),
];

test("the owner who is in the room is not asked whether it is still in hand", () => {
  const night = given(...adaHasIt, ...comes("ada", "CA1", 1), stall(minutes(15))).when(passTime);
  night.thenAmong({ type: "AcknowledgementRenewed", request: "owner", person: "ada" });
  night.thenNo("AcknowledgementQuestioned", "NoticeWanted");
});

test("who was asked and then came in has answered", () => {
  const night = given(...adaHasIt, pass(minutes(15)), ...comes("ada", "CA1", 1), stall(minutes(5))).when(
    passTime,
  );
  night.thenAmong({ type: "AcknowledgementRenewed", request: "owner", person: "ada" });
  night.thenNo("RequestReopened");
});

test("another one in the room, or one who left it, answers for nobody", () => {
  const asked = { type: "AcknowledgementQuestioned", person: "ada" } as const;
  given(...adaHasIt, ...comes("grace", "CA1", 1), stall(minutes(15)))
    .when(passTime)
    .thenAmong(asked);
  given(...adaHasIt, ...comes("ada", "CA1", 1), leaves("CA1", 2), stall(minutes(15)))
    .when(passTime)
    .thenAmong(asked);
});
