// Takes what monitoring posts: authenticated, checked and durable before it is answered.
import { bodyOf, headerOf } from "../body.ts";
import { directory } from "../directory.ts";
import { oddIn, takeIn, toldFields } from "../intake.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, type Problem, problemResult } from "../problem.ts";
import { keyOf, opens } from "../source-key.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make(ports: PortsOf<"receive-alert">): HttpHandler {
  const intake = { ...ports, directory: directory(ports.configItems, ports.clock) };

  return async (event, tools) => {
    if (event.requestContext.http.method !== "POST") return problemResult(onlyPost);
    const source = await intake.directory.source(event.pathParameters?.["source"] ?? "");
    const opened = opens(source, keyOf(event));
    if (source === undefined || !opened) {
      tools.log.warn("alerts refused", { code: "source-or-key-unknown", source: source?.id });
      tools.count(source === undefined ? "UnknownSource" : "RefusedIntake");
      return problemResult(notAllowed);
    }
    const body = bodyOf(event);
    if ("problem" in body) {
      tools.log.warn("alerts refused", { code: body.problem.code, source: source.id });
      tools.count("RefusedIntake");
      return problemResult(body.problem);
    }
    const drill = headerOf(event.headers, "x-muster-drill")?.trim().toLowerCase() === "true";
    const taken = await takeIn(intake, source, body.value, drill);
    if (taken.outcome === "refused") {
      tools.count("RefusedIntake");
      const fields = toldFields(taken.problems);
      tools.log.warn("alerts refused", { code: notUnderstood.code, source: source.id, fields });
      return problemResult({ ...notUnderstood, errors: taken.problems });
    }
    const { outcome, alerts } = taken;
    const warnings = [...(body.warnings ?? []), ...taken.warnings];
    const odd = oddIn(warnings);
    if (odd.length > 0) {
      tools.count("OddIntake");
      tools.log.warn("alerts taken with warnings", { source: source.id, fields: toldFields(odd) });
    }
    tools.log.info("alerts received", { outcome, alerts: alerts.length, source: source.id });
    return jsonResult(202, { alerts, ...(warnings.length === 0 ? {} : { warnings }) });
  };
}

const onlyPost: Problem = {
  status: 405,
  code: "method-not-allowed",
  title: "Alerts are taken by POST",
  headers: { allow: "POST" },
};

// One answer for an unknown source and for a wrong key: nobody learns which sources there are.
const notAllowed: Problem = {
  status: 401,
  code: "source-or-key-unknown",
  title: "The source or its key is not known",
  detail: "Post to /alerts/{source}/{key}, or to /alerts/{source} with the key as a bearer token.",
  headers: { "www-authenticate": 'Bearer realm="alerts"' },
};

const notUnderstood: Problem = {
  status: 422,
  code: "alerts-not-understood",
  title: "The body says nothing that could be an alert",
  detail: "Nothing was taken. Fix the fields named here and send it again.",
};
