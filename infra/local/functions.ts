// Every function of the table, made with this machine's ports and wrapped as Lambda would call it. A row without its line
// here does not compile.
import type { Context } from "aws-lambda";
import { make as acceptAlerts } from "../../functions/accept-alerts/handler.ts";
import { make as answerCall } from "../../functions/answer-call/handler.ts";
import { make as answerCallIn } from "../../functions/answer-call-in/handler.ts";
import { make as applyConfig } from "../../functions/apply-config/handler.ts";
import { make as callIn } from "../../functions/call-in/handler.ts";
import { make as commandIncident } from "../../functions/command-incident/handler.ts";
import { make as endCalls } from "../../functions/end-calls/handler.ts";
import { make as fallbackCall } from "../../functions/fallback-call/handler.ts";
import { make as fireTimers } from "../../functions/fire-timers/handler.ts";
import { make as handleAlert } from "../../functions/handle-alert/handler.ts";
import { type Handler, lambda, type Tools } from "../../functions/lambda.ts";
import { make as openBridge } from "../../functions/open-bridge/handler.ts";
import type { Ports } from "../../functions/ports.ts";
import { make as receiveAlarm } from "../../functions/receive-alarm/handler.ts";
import { make as receiveAlert } from "../../functions/receive-alert/handler.ts";
import { make as receiveReply } from "../../functions/receive-reply/handler.ts";
import { make as receiveReport } from "../../functions/receive-report/handler.ts";
import { make as redriveLetters } from "../../functions/redrive-letters/handler.ts";
import { make as releaseAlerts } from "../../functions/release-alerts/handler.ts";
import { make as sendNotice } from "../../functions/send-notice/handler.ts";
import { make as sendPage } from "../../functions/send-page/handler.ts";
import { make as showIncidents } from "../../functions/show-incidents/handler.ts";
import { make as showPost } from "../../functions/show-post/handler.ts";
import { make as showRecording } from "../../functions/show-recording/handler.ts";
import type { FunctionName, PortsOf, subscriptions } from "../../functions/subscriptions.ts";

/** The store's own log is the bus here, so nothing has to be relayed. */
export type LocalFunction = Exclude<FunctionName, "relay-events">;
/** As the cloud calls it: one event in, one result out. */
export type Invoke = (event: unknown) => Promise<unknown>;

type Make = { readonly [Name in LocalFunction]: (ports: PortsOf<Name>) => Handler };

const makes: Make = {
  "receive-alert": receiveAlert,
  "receive-alarm": receiveAlarm,
  "accept-alerts": acceptAlerts,
  "handle-alert": handleAlert,
  "release-alerts": releaseAlerts,
  "send-page": sendPage,
  "send-notice": sendNotice,
  "end-calls": endCalls,
  "open-bridge": openBridge,
  "call-in": callIn,
  "answer-call-in": answerCallIn,
  "receive-reply": receiveReply,
  "answer-call": answerCall,
  "fallback-call": fallbackCall,
  "receive-report": receiveReport,
  "fire-timers": fireTimers,
  "show-post": showPost,
  "show-incidents": showIncidents,
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
