// The command post in the browser: gives out its files and how to sign in. All that moves comes from the API.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { PortsOf } from "../subscriptions.ts";
import { etagOf, type PageFile, pageFiles } from "./page-files.ts";
import { securityHeaders } from "./security.ts";

const files = pageFiles(new URL("./page/", import.meta.url));

const missing: PageFile = {
  type: "text/html; charset=utf-8",
  body: '<!doctype html><html lang="en"><title>Not here</title><h1>Not here</h1><p><a href="/">All incidents</a></p></html>',
  etag: "",
};

/** The page is one document: it looks at its own address to know what to show. */
const documents = /^\/(?:incidents\/[^/]+)?$/;

const named = (event: APIGatewayProxyEventV2, etag: string): boolean =>
  (event.headers["if-none-match"] ?? "")
    .split(",")
    .some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*");

export const make = ({ signInSettings }: PortsOf<"show-post">) => {
  function find(path: string): PageFile | undefined {
    if (documents.test(path)) return files.get("index.html");
    const name = path.startsWith("/assets/") ? path.slice("/assets/".length) : undefined;
    if (name === undefined || name === "index.html") return undefined;
    if (name !== "sign-in.json") return files.get(name);
    const body = JSON.stringify(signInSettings.signIn());
    return { type: "application/json", body, etag: etagOf(body) };
  }

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const file = find(event.rawPath);
    const { type, body, etag } = file ?? missing;
    const headers = {
      ...securityHeaders(signInSettings.signIn(), documents.test(event.rawPath)),
      // Asked for again each time and answered by 304: after a deployment nobody works with half of the old page.
      "cache-control": file === undefined ? "no-store" : "no-cache",
    };
    if (file !== undefined && named(event, etag)) return { statusCode: 304, headers: { ...headers, etag } };
    return {
      statusCode: file === undefined ? 404 : 200,
      headers: { ...headers, "content-type": type, ...(etag === "" ? {} : { etag }) },
      body,
    };
  };
};
