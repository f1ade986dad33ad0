// A hub that has paged Ada by text and call, and Twilio's side of that call: it asks, presses and reports over signed forms.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { secureMint } from "../../functions/adapters/aws/mint.ts";
import { derivedDialIn } from "../../functions/adapters/hub-key/dial-in.ts";
import { twilioSignature } from "../../functions/adapters/twilio/signature.ts";
import { twimlScripts } from "../../functions/adapters/twilio/twiml.ts";
import { make as answerCall } from "../../functions/answer-call/handler.ts";
import { make as answerCallIn } from "../../functions/answer-call-in/handler.ts";
import { make as answerLine } from "../../functions/answer-line/handler.ts";
import type { StreamId } from "../../functions/core/aggregate.ts";
import { type Actor, byHub } from "../../functions/core/command.ts";
import type { Admission } from "../../functions/core/incident/bridge/facts.ts";
import type { IncidentOrder } from "../../functions/core/incident/commands.ts";
import type { AlertSeverity } from "../../functions/core/severity.ts";
import { type Decisions, decisions } from "../../functions/decisions.ts";
import { make as fallbackCall } from "../../functions/fallback-call/handler.ts";
import { make as fallbackLine } from "../../functions/fallback-line/handler.ts";
import type { HttpHandler } from "../../functions/lambda.ts";
import { make as receiveReply } from "../../functions/receive-reply/handler.ts";
import { make as receiveReport } from "../../functions/receive-report/handler.ts";
import { make as receiveRoom } from "../../functions/receive-room/handler.ts";
import { make as speakAnnouncement } from "../../functions/speak-announcement/handler.ts";
import { type FunctionName, type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { anEntrance, config, listening } from "./intake.ts";
import { type ReadScript, readScript } from "./twiml-table.ts";

export const publicUrl = "https://pager.example.com";
export const authToken = "a-token-of-a-test";
/** The hub's own. */
export const hubNumber = "+12025550100";
export const callSid = `CA${"7".repeat(32)}`;
export const adasPhone = "+447700900001";

export const callConfig = config.replace(`sms: "${adasPhone}"`, `phone: "${adasPhone}"`);

/** Both sign in. */
export const bothSignIn = callConfig.replace("name: Linus,", "name: Linus, email: linus@test.example,");

type Form = Readonly<Record<string, string>>;

export interface Answered {
  readonly status: number;
  readonly body: string;
}

export async function aCallHouse(text = callConfig) {
  const entrance = await anEntrance(text);
  const ports = {
    ...entrance,
    mint: secureMint(entrance.clock, "A"),
    twilioSignature: twilioSignature([authToken], publicUrl),
    callScripts: twimlScripts(publicUrl),
    dialIn: derivedDialIn(() => Promise.resolve({ key: "a key of a test, long enough for one" }), hubNumber),
  };
  const house: Decisions = decisions(ports);
  const said = listening();
  const handlers = {
    "answer-call": answerCall(ports),
    "answer-call-in": answerCallIn(ports),
    "answer-line": answerLine(ports),
    "fallback-line": fallbackLine(ports),
    "fallback-call": fallbackCall(ports),
    "receive-report": receiveReport(ports),
    "receive-room": receiveRoom(ports),
    "speak-announcement": speakAnnouncement(ports),
    "receive-reply": receiveReply(ports),
  } satisfies Partial<Record<FunctionName, HttpHandler>>;

  /** As API Gateway would bring it; `spoil` changes the request after it was signed. */
  async function post(
    path: string,
    form: Form,
    spoil: (event: APIGatewayProxyEventV2) => APIGatewayProxyEventV2 = (event) => event,
  ): Promise<Answered> {
    const [name, parameters] = routeOf(path, Object.keys(handlers) as (keyof typeof handlers)[]);
    const event = spoil({
      rawPath: path,
      rawQueryString: "",
      headers: {
        "x-twilio-signature": webhooks.getExpectedTwilioSignature(authToken, publicUrl + path, { ...form }),
      },
      pathParameters: parameters,
      body: new URLSearchParams(form).toString(),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2);
    const { statusCode = 0, body = "" } = await handlers[name](event, said.tools);
    return { status: statusCode, body };
  }

  let opened = 0;
  return {
    ports,
    house,
    said,
    post,
    pass: entrance.pass,
    close: () => entrance.close(),

    /** An incident that pages Ada: the address of her call, and what stands on the other side of it. */
    async page(title = "No sales", severity: AlertSeverity = "critical", drill = false) {
      opened += 1;
      const stream: StreamId = `incident/i${opened}`;
      const dispatch = (given: IncidentOrder, actor?: Actor) => {
        const envelope = byHub("test", `${stream}.${Math.random()}`, entrance.clock.now(), drill);
        return house.incidents.dispatch(stream, {
          ...envelope,
          ...(actor === undefined ? {} : { actor }),
          ...given,
        });
      };
      const order = async (given: IncidentOrder, actor?: Actor) => {
        const dispatched = await dispatch(given, actor);
        if (dispatched.outcome !== "done") throw new Error(`${given.type}: ${dispatched.outcome}`);
        return dispatched.current.state;
      };
      await order({
        type: "JoinAlerts",
        service: "checkout",
        correlation: `checkout-${opened}`,
        source: "anything",
        title,
        severity,
        since: entrance.clock.now(),
        count: 1,
        samples: [],
      });
      let sequence = 0;
      const state = async () => (await house.incidents.load(stream)).state;
      const address = `/twilio/calls/i${opened}/p1.1.1`;
      return {
        stream,
        address,
        dispatch,
        order,
        state,
        pageNow: async () => (await state()).paging.pages["p1"],
        /** Who has it. */
        owner: async () => {
          const request = (await state()).paging.requests["owner"]?.state;
          return request?.name === "satisfied" ? request.owner : undefined;
        },
        /** A room with a number of its own, as open-bridge sets it up; the name of the room. */
        async openBridge(round = 1): Promise<string> {
          const { dialIn } = ports;
          const asks = { kind: "person", id: "ada", via: "web", assurance: "signed-in" } as const;
          await order({ type: "OpenBridge" }, asks);
          for (let next = round; ; next++) {
            const pin = await dialIn.pin(stream, next);
            const pinKey = await dialIn.claimOf(pin);
            const { outcome } = await dispatch({ type: "SetUpBridge", round: next, pinKey });
            if (outcome === "done") return dialIn.roomOf(pin);
            // Another incident of this test has the PIN: of hundreds two may come upon the same.
            if (outcome !== "yielded") throw new Error(`SetUpBridge: ${outcome}`);
          }
        },
        /** Somebody comes into the room by another call. */
        async comesIn(
          id: string,
          way: Admission,
          person?: string,
          conference = `CF${opened}`,
        ): Promise<void> {
          sequence += 1;
          await order({ type: "AdmitCaller", call: id, way, ...(person === undefined ? {} : { person }) });
          const happened = { what: "join", call: id } as const;
          await order({ type: "RecordRoom", conference, sequence, happened });
        },
        report: (kind: "page" | "machine", form: Form) =>
          post(`/twilio/reports/${stream.slice("incident/".length)}/${kind}/p1.1.1`, {
            CallSid: callSid,
            ...form,
          }),
        /** What is said at this address of the call after these keys. */
        async hear(path = address, digits?: string): Promise<ReadScript> {
          const form = { CallSid: callSid, ...(digits === undefined ? {} : { Digits: digits }) };
          const { status, body } = await post(path, form);
          if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
          return readScript(body);
        },
      };
    },
  };
}

export type CallHouse = Awaited<ReturnType<typeof aCallHouse>>;
export type PagedCall = Awaited<ReturnType<CallHouse["page"]>>;

/** The keys as they were spoken, for whoever has only ears. */
export function keysIn(spoken: string) {
  const of = (pattern: RegExp): string => pattern.exec(spoken)?.[1] ?? "not spoken";
  return {
    acknowledge: of(/Press (\d) to take it/),
    decline: of(/(\d) for no\b/),
    escalate: of(/(\d) for more help/),
    later: of(/(\d) if you can be there/),
    more: of(/(\d) to hear more/),
    join: of(/(\d) to take it and get into the room/),
  };
}

export const pathIn = (script: ReadScript): string => script.action?.replace(publicUrl, "") ?? "";

/** Which of the functions hears this path, and what stands in its places. */
function routeOf<Name extends FunctionName>(path: string, names: readonly Name[]) {
  const parts = path.split("/");
  for (const name of names) {
    const row: Subscription = subscriptions[name];
    for (const route of row.routes ?? []) {
      const places = route.replace("POST ", "").split("/");
      if (places.length !== parts.length) continue;
      if (!places.every((place, n) => place.startsWith("{") || place === parts[n])) continue;
      const found = places.flatMap((place, n) =>
        place.startsWith("{") ? [[place.slice(1, -1), parts[n] ?? ""] as const] : [],
      );
      return [name, Object.fromEntries(found)] as const;
    }
  }
  throw new Error(`Nobody hears ${path}`);
}
