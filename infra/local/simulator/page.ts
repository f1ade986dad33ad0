// The phones' page and that of the chat: their files, with the command post's ways to draw text from outside.
import { readFileSync } from "node:fs";
import { etagOf, type PageFile, pageFiles } from "../../../functions/show-post/page-files.ts";
import { securityHeaders } from "../../../functions/show-post/security.ts";

const post = pageFiles(new URL("../../../functions/show-post/page/", import.meta.url));
const own = pageFiles(new URL("./page/", import.meta.url));
const lent = ["dom.js", "said.js", "icon.svg"];

const assets = new Map<string, PageFile>([
  ...[...post].filter(([name]) => lent.includes(name)),
  ...[...own].filter(([name]) => !name.endsWith(".html")),
]);

/** Microsoft's own, as it comes; read when the first card is drawn. */
let drawn: PageFile | undefined;
function renderer(): PageFile {
  if (drawn !== undefined) return drawn;
  const body = readFileSync(new URL(import.meta.resolve("adaptivecards/dist/adaptivecards.min.js")), "utf8");
  drawn = { type: "text/javascript; charset=utf-8", body, etag: etagOf(body) };
  return drawn;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const under = "/simulator/assets/";

/** Undefined for a path that is not of these pages: the simulator's other routes may know it. */
export function simulatorPage(path: string): PageAnswer | undefined {
  const headers = securityHeaders({ mode: "local" });
  switch (path) {
    case "/simulator":
    case "/simulator/":
      return given(own.get("index.html"), headers);
    case "/simulator/teams":
    case "/simulator/teams/":
      return given(own.get("teams.html"), withCards(headers));
    case `${under}adaptivecards.js`:
      return given(renderer(), headers);
    default:
      return path.startsWith(under) ? given(assets.get(path.slice(under.length)), headers) : undefined;
  }
}

function given(
  file: PageFile | undefined,
  headers: Readonly<Record<string, string>>,
): PageAnswer | undefined {
  if (file === undefined) return undefined;
  return {
    status: 200,
    headers: { ...headers, "cache-control": "no-cache", "content-type": file.type, etag: file.etag },
    body: file.body,
  };
}

/**
 * The renderer registers these when it loads. The page gives it nothing to turn into markup, so that they write back only
 * what was text before.
 */
const renderersPolicies = [
  "adaptivecards#deprecatedExportedFunctionPolicy",
  "adaptivecards#markdownPassthroughPolicy",
  "adaptivecards#restoreContentsPolicy",
].join(" ");

function withCards(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const policy = headers["content-security-policy"] ?? "";
  return {
    ...headers,
    "content-security-policy": policy.replace("trusted-types 'none'", `trusted-types ${renderersPolicies}`),
  };
}
