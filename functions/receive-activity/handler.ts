// The bot's door: every activity is proved to be the chat's own before anything else of it is believed.
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { bodyOf, headerOf } from "../body.ts";
import { places } from "../chat-places.ts";
import { decisions, heldCallsOf } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import { meters } from "../meters.ts";
import { type Problem, problemResult } from "../problem.ts";
import { originOf, teamsActivity } from "../sources/teams-activity.ts";
import type { PortsOf } from "../subscriptions.ts";
import { hear } from "./hear.ts";
import type { House } from "./house.ts";

/** More than Teams brings: a message has at most some 100 KB. */
const largestActivity = 1024 * 1024;

export function make(
  ports: PortsOf<"receive-activity">,
  pause: House["pause"] = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
): HttpHandler {
  const { incidents: openIncidents, ...others } = ports;
  const deciding = decisions(ports);
  const version = () => deciding.directory.version();
  const counted = meters({ ...others, ...deciding }, "receive-activity");
  const house: Omit<House, "grantsHelp"> = {
    ...others,
    ...deciding,
    openIncidents,
    places: places(others, deciding.directory),
    heldCalls: heldCallsOf(ports.journal, version),
    pause,
  };

  return async (event, tools) => {
    if (event.requestContext.http.method !== "POST") return somebodyLooks;
    const authorization = headerOf(event.headers, "authorization");
    const fault = ports.botProof.faultIn(authorization);
    if (fault !== undefined) {
      tools.log.warn("activity refused", { why: fault });
      return problemResult(notTheChat);
    }
    if ((event.body?.length ?? 0) > largestActivity) return problemResult(tooLarge);
    const body = bodyOf(event, largestActivity);
    if ("problem" in body) return problemResult(body.problem);
    const proof = await ports.botProof.judge(authorization, originOf(body.value));
    if (proof.outcome === "refused") {
      tools.log.warn("activity refused", { why: proof.why });
      return problemResult(notTheChat);
    }
    if (proof.outcome === "unknown") {
      // No error of ours, and a stranger with a made-up key can bring it about.
      tools.log.warn("activity not decided: its signing key could not be looked up; the sender retries");
      return problemResult(comeAgain);
    }
    const told = teamsActivity(body.value);
    if (told.kind === "malformed") {
      tools.log.warn("activity not understood", { field: told.wrong });
      return problemResult({ ...notUnderstood, detail: `Mend ${told.wrong} and send it again.` });
    }
    tools.log.info("activity", { kind: told.kind });
    const grantsHelp: House["grantsHelp"] = (use, user) => counted.grants("help", use, user, tools);
    return hear({ ...house, grantsHelp }, told, tools);
  };
}

/** Some clients look whether anybody is there before they speak. */
const somebodyLooks: APIGatewayProxyStructuredResultV2 = {
  statusCode: 200,
  headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  body: "Muster's bot. Activities are taken by POST.\n",
};

const notTheChat: Problem = {
  status: 401,
  code: "activity-not-proven",
  title: "This is not known to come from the chat",
  detail: "Send activities with a token of the Bot Framework for this bot.",
  headers: { "www-authenticate": "Bearer" },
};

const comeAgain: Problem = {
  status: 503,
  code: "keys-not-available",
  title: "Nobody can tell now whether this comes from the chat",
  detail: "Nothing was done. Send it again.",
  headers: { "retry-after": "5" },
};

const notUnderstood: Problem = {
  status: 400,
  code: "activity-not-understood",
  title: "This is not in the form of an activity",
};

const tooLarge: Problem = {
  status: 413,
  code: "body-too-large",
  title: "The body is too large",
  detail: `At most ${largestActivity} bytes are taken.`,
};
