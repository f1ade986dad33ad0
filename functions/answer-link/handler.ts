// A link in a text was opened. Looking changes nothing, for previews look as well; only the form's button acts.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import { type Act, answerPage } from "../replies/answer-page.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answerMessage } from "../wording/reply-answers.ts";
import { headers } from "./headers.ts";
import { linkedErrand } from "./linked-errand.ts";
import { actPage, noPage } from "./page.ts";

/** A button and the name of an order: nothing else is asked for. */
const longestForm = 500;

export function make(ports: PortsOf<"answer-link">): HttpHandler {
  const house = { ...ports, ...decisions(ports) };
  const { clock, mint, links } = ports;

  return async (event, { log }) => {
    const page = await links.read(event.pathParameters?.["token"] ?? "", clock.now());
    const errand = page === undefined ? undefined : await linkedErrand(house, page);
    if (errand === undefined) {
      log.info("a link that is not valid, or not any more");
      return shown(404, noPage);
    }
    const fresh = mint.id();
    if (event.requestContext.http.method !== "POST") return shown(200, actPage(errand, fresh));
    const { act, order } = formOf(event);
    if (act === undefined)
      return shown(400, actPage(errand, fresh, "Nothing changed: no button was pressed."));
    const { answer, drill } = await answerPage(
      house,
      {
        stream: errand.stream,
        ticket: { page: errand.page.id, person: errand.page.person, code: errand.page.code },
      },
      {
        act,
        // Two buttons of one form are two orders: whoever is told "noted" has to be right about it.
        id: `link.${order ?? fresh}.${act}`,
        by: { via: "web", assurance: "link" },
      },
    );
    // What it did, and how it stands now.
    const now = (await linkedErrand(house, { stream: errand.stream, page: errand.page.id })) ?? errand;
    return shown(200, actPage(now, fresh, answerMessage(answer, drill)));
  };
}

const acts: Readonly<Record<string, Act>> = {
  acknowledge: "acknowledge",
  decline: "decline",
  escalate: "escalate",
};

/** A page that is reloaded sends its form again: the order's name makes it the same order. */
function formOf({ body = "", isBase64Encoded }: APIGatewayProxyEventV2) {
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  const form = new URLSearchParams(text.slice(0, longestForm));
  const act = form.get("act") ?? "";
  const order = form.get("order") ?? "";
  return {
    act: Object.hasOwn(acts, act) ? acts[act] : undefined,
    order: /^[0-9A-Z]{26}$/.test(order) ? order : undefined,
  };
}

const shown = (statusCode: number, body: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers,
  body,
});
