// Every function of the table, made with this machine's ports and wrapped as Lambda would call it. A row without its line
// here does not compile.
import type { Context } from "aws-lambda";
import { make as acceptAlerts } from "../../functions/accept-alerts/handler.ts";
import { make as answerCall } from "../../functions/answer-call/handler.ts";
import { make as answerCallIn } from "../../functions/answer-call-in/handler.ts";
import { make as answerLine } from "../../functions/answer-line/handler.ts";
import { make as answerLink } from "../../functions/answer-link/handler.ts";
import { make as applyConfig } from "../../functions/apply-config/handler.ts";
import { make as callIn } from "../../functions/call-in/handler.ts";
import { make as commandIncident } from "../../functions/command-incident/handler.ts";
import { make as endCalls } from "../../functions/end-calls/handler.ts";
import { make as fallbackCall } from "../../functions/fallback-call/handler.ts";
import { make as fallbackLine } from "../../functions/fallback-line/handler.ts";
import { make as fireTimers } from "../../functions/fire-timers/handler.ts";
import { make as handOnAlerts } from "../../functions/hand-on-alerts/handler.ts";
import { make as handleAlert } from "../../functions/handle-alert/handler.ts";
import { type Handler, lambda, type Tools } from "../../functions/lambda.ts";
import { make as moveResponse } from "../../functions/move-response/handler.ts";
import { make as openBridge } from "../../functions/open-bridge/handler.ts";
import { make as pageHeldCalls } from "../../functions/page-held-calls/handler.ts";
import type { Ports } from "../../functions/ports.ts";
import { make as probeSite } from "../../functions/probe-site/handler.ts";
import { make as receiveActivity } from "../../functions/receive-activity/handler.ts";
import { make as receiveAlarm } from "../../functions/receive-alarm/handler.ts";
import { make as receiveAlert } from "../../functions/receive-alert/handler.ts";
import { make as receiveCarrierReport } from "../../functions/receive-carrier-report/handler.ts";
import { make as receiveReply } from "../../functions/receive-reply/handler.ts";
import { make as receiveReport } from "../../functions/receive-report/handler.ts";
import { make as receiveRoom } from "../../functions/receive-room/handler.ts";
import { make as receiveText } from "../../functions/receive-text/handler.ts";
import { make as redriveLetters } from "../../functions/redrive-letters/handler.ts";
import { make as releaseAlerts } from "../../functions/release-alerts/handler.ts";
import { make as runBridge } from "../../functions/run-bridge/handler.ts";
import { make as sendCard } from "../../functions/send-card/handler.ts";
import { make as sendNotice } from "../../functions/send-notice/handler.ts";
import { make as sendPage } from "../../functions/send-page/handler.ts";
import { make as showChat } from "../../functions/show-chat/handler.ts";
import { make as showIncidents } from "../../functions/show-incidents/handler.ts";
import { make as showPost } from "../../functions/show-post/handler.ts";
import { make as showProviders } from "../../functions/show-providers/handler.ts";
import { make as showReadiness } from "../../functions/show-readiness/handler.ts";
import { make as showRecording } from "../../functions/show-recording/handler.ts";
import type { GatedHandler } from "../../functions/signed-in.ts";
import { make as speakAnnouncement } from "../../functions/speak-announcement/handler.ts";
import type { FunctionName, PortsOf, subscriptions } from "../../functions/subscriptions.ts";
import { make as updateCards } from "../../functions/update-cards/handler.ts";
import { make as updateSite } from "../../functions/update-site/handler.ts";

/** The store's own log is the bus here, so nothing has to be relayed. */
export type LocalFunction = Exclude<FunctionName, "relay-events">;
/** As the cloud calls it: one event in, one result out. */
export type Invoke = (event: unknown) => Promise<unknown>;

/** A row that asks for a sign-in takes a handler behind the gate, and no other. */
type HandlerOf<Name extends LocalFunction> = (typeof subscriptions)[Name] extends {
  readonly signedIn: string;
}
  ? GatedHandler
  : Handler;
type Make = { readonly [Name in LocalFunction]: (ports: PortsOf<Name>) => HandlerOf<Name> };

const makes: Make = {
  "receive-alert": receiveAlert,
  "receive-alarm": receiveAlarm,
  "accept-alerts": acceptAlerts,
  "handle-alert": handleAlert,
  "hand-on-alerts": handOnAlerts,
  "release-alerts": releaseAlerts,
  "send-page": sendPage,
  "send-notice": sendNotice,
  "end-calls": endCalls,
  "update-cards": updateCards,
  "receive-activity": receiveActivity,
  "open-bridge": openBridge,
  "call-in": callIn,
  "answer-call-in": answerCallIn,
  "page-held-calls": pageHeldCalls,
  "receive-room": receiveRoom,
  "run-bridge": runBridge,
  "speak-announcement": speakAnnouncement,
  "receive-reply": receiveReply,
  "answer-call": answerCall,
  "answer-link": answerLink,
  "answer-line": answerLine,
  "fallback-line": fallbackLine,
  "fallback-call": fallbackCall,
  "receive-report": receiveReport,
  "receive-text": receiveText,
  "receive-carrier-report": receiveCarrierReport,
  "fire-timers": fireTimers,
  "probe-site": probeSite,
  "move-response": moveResponse,
  "send-card": sendCard,
  "update-site": updateSite,
  "show-post": showPost,
  "show-providers": showProviders,
  "show-readiness": showReadiness,
  "show-incidents": showIncidents,
  "show-chat": showChat,
  "show-recording": showRecording,
  "command-incident": commandIncident,
  "apply-config": applyConfig,
  "redrive-letters": redriveLetters,
};

export type LocalPorts = Pick<Ports, (typeof subscriptions)[LocalFunction]["uses"][number]>;

export const localFunctions = Object.keys(makes) as readonly LocalFunction[];

export function invocables(
  ports: LocalPorts,
  toolsFor: (name: LocalFunction) => Tools,
): Record<LocalFunction, Invoke> {
  const made = localFunctions.map((name) => [name, invocable(name, ports, toolsFor(name))] as const);
  return Object.fromEntries(made) as Record<LocalFunction, Invoke>;
}

export function invocable<Name extends LocalFunction>(
  name: Name,
  ports: PortsOf<Name>,
  tools: Tools,
): Invoke {
  // The host hands each function the event of its row: the table says which, not the compiler.
  const handler = makes[name](ports) as Handler<unknown>;
  const wrapped = lambda(name, handler, tools);
  return (event) => wrapped(event, { functionName: name } as Context);
}
