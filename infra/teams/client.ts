// The part of Microsoft's library by which the command post speaks to Teams, as one file for the browser. The page
// loads it only where it is framed; what is not named here is left out.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const library = join(root, "node_modules/@microsoft/teams-js");
const page = join(root, "functions/show-post/page");
export const clientName = "teams-client.js";

const source = `export { app, authentication, pages } from "@microsoft/teams-js";`;

/** By it one sees what was built from what. */
function firstLine(): string {
  const { version } = JSON.parse(readFileSync(join(library, "package.json"), "utf8")) as {
    readonly version: string;
  };
  return `// @microsoft/teams-js ${version}: ${source}\n`;
}

export async function teamsClient(): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    logLevel: "warning",
  });
  const licence = readFileSync(join(library, "LICENSE"), "utf8");
  return `${firstLine()}/*!\n${licence}*/\n${outputFiles[0]?.text ?? ""}`;
}

/** Lays it beside the page's other files, unless it lies there already. */
export async function layTeamsClient(folder = page): Promise<void> {
  const file = join(folder, clientName);
  if (existsSync(file) && readFileSync(file, "utf8").startsWith(firstLine())) return;
  // Whole or not at all: somebody else may be reading.
  const part = join(folder, `.${clientName}.${process.pid}`);
  writeFileSync(part, await teamsClient());
  renameSync(part, file);
}
