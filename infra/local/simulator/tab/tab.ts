// A page that stands in for Teams around the command post's tab: its files, allowed to frame their own host and no other.
import { type PageFile, pageFiles } from "../../../../functions/show-post/page-files.ts";

export const tabPath = "/simulator/teams/tab";
const assets = `${tabPath}/assets/`;

const files = pageFiles(new URL("./page/", import.meta.url));

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join("; ");

export interface TabAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Undefined for a path that is not the page's. */
export function simulatedTab(path: string): TabAnswer | undefined {
  const file = fileAt(path);
  if (file === undefined) return undefined;
  return {
    status: 200,
    headers: {
      "content-type": file.type,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
      etag: file.etag,
    },
    body: file.body,
  };
}

function fileAt(path: string): PageFile | undefined {
  if (path === tabPath || path === `${tabPath}/`) return files.get("index.html");
  const name = path.startsWith(assets) ? path.slice(assets.length) : "index.html";
  return name === "index.html" ? undefined : files.get(name);
}
