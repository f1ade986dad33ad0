// The phones' page: its files, with the command post's ways to draw text from outside.
import { type PageFile, pageFiles } from "../../../functions/show-post/page-files.ts";
import { securityHeaders } from "../../../functions/show-post/security.ts";

const post = pageFiles(new URL("../../../functions/show-post/page/", import.meta.url));
const own = pageFiles(new URL("./page/", import.meta.url));
const lent = ["dom.js", "said.js", "icon.svg"];

const assets = new Map<string, PageFile>([
  ...[...post].filter(([name]) => lent.includes(name)),
  ...[...own].filter(([name]) => name !== "index.html"),
]);

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const under = "/simulator/assets/";

/** Undefined for a path that is not the page's: the simulator's other routes may know it. */
export function simulatorPage(path: string): PageAnswer | undefined {
  const file =
    path === "/simulator" || path === "/simulator/"
      ? own.get("index.html")
      : path.startsWith(under)
        ? assets.get(path.slice(under.length))
        : undefined;
  if (file === undefined) return undefined;
  return {
    status: 200,
    headers: {
      ...securityHeaders({ mode: "local" }),
      "cache-control": "no-cache",
      "content-type": file.type,
      etag: file.etag,
    },
    body: file.body,
  };
}
