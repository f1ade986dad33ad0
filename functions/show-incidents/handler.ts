// The command post's data: which incidents there are, all of one of them, and what became of an alert.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { incidentId } from "../core/aggregate.ts";
import type { LeftOut } from "../core/alert.ts";
import { type Directory, directory } from "../directory.ts";
import type { HttpHandler } from "../lambda.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { knownBy, notSignedIn, type SigningIn, signedIn } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";
import { hushed } from "./hushed.ts";
import { incidentView } from "./incident-view.ts";

const listed = 100;

type House = PortsOf<"show-incidents"> & { readonly directory: Directory };
type Show = (
  house: House,
  event: APIGatewayProxyEventV2,
  reader: SigningIn,
) => Promise<APIGatewayProxyStructuredResultV2>;

export function make(ports: PortsOf<"show-incidents">): HttpHandler {
  const house = { ...ports, directory: directory(ports.configItems, ports.clock) };
  return async (event) => {
    const reader = signedIn(event);
    if (reader === undefined) return problemResult(notSignedIn);
    const show = shows[event.routeKey];
    if (show === undefined) throw new Error(`No view for ${event.routeKey}`);
    return show(house, event, reader);
  };
}

const shows: Readonly<Record<string, Show>> = {
  "GET /api/incidents": list,
  "GET /api/incidents/{id}": one,
  "GET /api/alerts/{id}": alert,
};

async function list({ incidents, directory }: House, event: APIGatewayProxyEventV2) {
  const state = event.queryStringParameters?.["state"] ?? "open";
  if (state !== "open" && state !== "ended" && state !== "all") {
    return problemResult({
      status: 400,
      code: "invalid-state",
      title: "No such state",
      detail: `"state" has to be open, ended or all.`,
    });
  }
  const states = state === "all" ? (["open", "ended"] as const) : ([state] as const);
  const found = (await Promise.all(states.map((each) => incidents[each](listed)))).flat();
  const names = await directory.names(found.flatMap(({ owner }) => owner ?? []));
  return jsonResult(200, {
    incidents: found.map(({ stream, owner, openedAt, ...summary }) => ({
      id: incidentId(stream),
      ...summary,
      openedAt: new Date(openedAt).toISOString(),
      ...(owner === undefined ? {} : { owner: names.get(owner) ?? owner }),
    })),
  });
}

async function one(house: House, event: APIGatewayProxyEventV2, reader: SigningIn) {
  const id = event.pathParameters?.["id"] ?? "";
  const whole = await incidentView(house, `incident/${id}`, await knownBy(house.directory, reader));
  if (whole === undefined) return unknown("incident", id);
  const view = whole.yours ? whole : hushed(whole);
  const etag = `"${view.version}-${view.alerts}${view.yours ? "" : "-hushed"}"`;
  const headers = { etag, "cache-control": "no-cache" };
  if (event.headers["if-none-match"] === etag) return { statusCode: 304, headers };
  const shown = jsonResult(200, view);
  return { ...shown, headers: { ...shown.headers, ...headers } };
}

async function alert({ alerts }: House, event: APIGatewayProxyEventV2) {
  const id = event.pathParameters?.["id"] ?? "";
  const [record] = await alerts.read([id]);
  if (record === undefined) return unknown("alert", id);
  const { acceptedAt, passedAt: _ours, since, until, memory, ...rest } = record;
  const leftOut = memory?.leftOut ?? [];
  const iso = (at: number) => new Date(at).toISOString();
  const detail = await alerts.detail(id);
  return jsonResult(200, {
    ...rest,
    ...detail,
    since: iso(since),
    acceptedAt: iso(acceptedAt),
    ...(until === undefined ? {} : { until: iso(until) }),
    disposition: record.disposition ?? { kind: "pending" },
    ...(leftOut.length === 0 ? {} : { leftOut: leftOut.map((each) => ({ ...each, ...times(each) })) }),
  });
}

const times = ({ at, since }: LeftOut) => ({
  at: new Date(at).toISOString(),
  ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
});

const unknown = (what: string, id: string) =>
  problemResult({
    status: 404,
    code: `${what}-unknown`,
    title: `No such ${what}`,
    detail: `There is no ${what} ${id.slice(0, 64)} here.`,
  });
