// The command post's data: which incidents there are, all of one of them, and what became of an alert.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { incidentId } from "../core/aggregate.ts";
import { sha256 } from "../digest.ts";
import { type Directory, directory } from "../directory.ts";
import { jsonResult, problemResult } from "../problem.ts";
import { forReaders, type GatedHandler, type Reader } from "../signed-in.ts";
import type { PortsOf } from "../subscriptions.ts";
import { alertView } from "./alert-view.ts";
import { incidentView } from "./incident-view.ts";
import { readerView } from "./reader-view.ts";
import { forViewer, redacted } from "./redacted.ts";

const listed = 100;

type House = PortsOf<"show-incidents"> & { readonly directory: Directory };
type Show = (
  house: House,
  event: APIGatewayProxyEventV2,
  reader: Reader,
) => Promise<APIGatewayProxyStructuredResultV2>;

export function make(ports: PortsOf<"show-incidents">): GatedHandler {
  const house = { ...ports, directory: directory(ports.configItems, ports.clock) };
  return forReaders("show-incidents", house, async (event, _, reader) => {
    const show = shows[event.routeKey];
    if (show === undefined) throw new Error(`No view for ${event.routeKey}`);
    return show(house, event, reader);
  });
}

const shows: Readonly<Record<string, Show>> = {
  "GET /api/incidents": list,
  "GET /api/incidents/{id}": one,
  "GET /api/alerts/{id}": alert,
};

async function list({ incidents, directory }: House, event: APIGatewayProxyEventV2, reader: Reader) {
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
    you: readerView(reader),
  });
}

async function one(house: House, event: APIGatewayProxyEventV2, reader: Reader) {
  const id = event.pathParameters?.["id"] ?? "";
  const whole = await incidentView(house, `incident/${id}`, reader);
  if (whole === undefined) return unknown("incident", id);
  const readable = whole.yours ? whole : redacted(whole);
  const view = reader.may("see-ways-in") ? readable : forViewer(readable);
  // What one account was shown is not what another may see.
  const etag = `"${view.version}-${view.alerts}${view.yours ? "" : "-redacted"}-${sha256(reader.id).slice(0, 12)}"`;
  const headers = { etag, "cache-control": "no-cache" };
  if (event.headers["if-none-match"] === etag) return { statusCode: 304, headers };
  const shown = jsonResult(200, view);
  return { ...shown, headers: { ...shown.headers, ...headers } };
}

async function alert(house: House, event: APIGatewayProxyEventV2, reader: Reader) {
  const id = event.pathParameters?.["id"] ?? "";
  const [record] = await house.alerts.read([id]);
  return record === undefined
    ? unknown("alert", id)
    : jsonResult(200, await alertView(house, record, reader));
}

const unknown = (what: string, id: string) =>
  problemResult({
    status: 404,
    code: `${what}-unknown`,
    title: `No such ${what}`,
    detail: `There is no ${what} ${id.slice(0, 64)} here.`,
  });
