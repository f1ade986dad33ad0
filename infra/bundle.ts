// One esbuild call bundles every function of the table; deployment, tests and size budgets use the same bytes.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { type FunctionName, type PortName, subscriptions } from "../functions/subscriptions.ts";
import { fictionalNumbersIn } from "./fictional-numbers.ts";
import { packedConfig } from "./packed-config.ts";
import { layTeamsClient } from "./teams/client.ts";

const root = join(import.meta.dirname, "..");
const names = Object.keys(subscriptions) as FunctionName[];

// Packages that are still CommonJS ask for `require`, which a module does not have.
const banner =
  'import{createRequire as muster_require}from"node:module";const require=muster_require(import.meta.url);';

/** The entry of a Lambda: its handler, given exactly the ports of its row. */
export function entryOf(name: FunctionName): string {
  const ports: readonly PortName[] = subscriptions[name].uses;
  const given = ports.map((port) => `${port}: ${port}()`).join(", ");
  return [
    `import { lambda } from "./functions/lambda.ts";`,
    `import { make } from "./functions/${name}/handler.ts";`,
    `import { ${["tools", ...ports].join(", ")} } from "./functions/wiring.ts";`,
    `export const handler = lambda("${name}", make({ ${given} }), tools("${name}"));`,
    "",
  ].join("\n");
}

export interface Bundles {
  readonly metafile: Metafile;
  /** The folder that becomes the function's package. */
  readonly bundleOf: (name: FunctionName) => string;
  /** Sources that can be opened by a key of the sample. */
  readonly demoKeys: readonly string[];
  /** Numbers of the config that page nobody. */
  readonly fictionalNumbers: readonly string[];
}

interface Order {
  readonly config: string;
  /** A folder that is made anew. */
  readonly out?: string;
}

export async function bundleFunctions({
  config,
  out = join(root, "dist/functions"),
}: Order): Promise<Bundles> {
  rmSync(out, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    plugins: [generatedEntries, ownTransport],
    entryPoints: names.map((name) => ({ in: `entry:${name}`, out: `${name}/index` })),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
    // Beside the packages, not in them: reading a map costs a starting function more than it tells.
    sourcemap: "external",
    sourcesContent: false,
    banner: { js: banner },
    metafile: true,
    logLevel: "warning",
  });
  mkdirSync(join(out, ".maps"));
  for (const name of names)
    renameSync(join(out, name, "index.mjs.map"), join(out, ".maps", `${name}.mjs.map`));
  cpSync(join(root, "functions/show-post/page"), join(out, "show-post/page"), { recursive: true });
  await layTeamsClient(join(out, "show-post/page"));
  const packed = packConfig(resolve(root, config), out);
  return { metafile, bundleOf: (name) => join(out, name), ...packed };
}

/** Entries stand at the root, as if they were files there. */
const generatedEntries: Plugin = {
  name: "generated-entries",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: path.slice("entry:".length),
      namespace: "entry",
    }));
    esbuild.onLoad({ filter: /./, namespace: "entry" }, ({ path }) => ({
      contents: entryOf(path as FunctionName),
      loader: "ts",
      resolveDir: root,
    }));
  },
};

/**
 * Twilio's client brings an HTTP client of its own, a quarter of a bundle; ours is handed to it always
 * (functions/adapters/twilio/transport.ts), so that the other one is never made.
 */
export const ownTransport: Plugin = {
  name: "own-transport",
  setup(esbuild) {
    esbuild.onLoad({ filter: /[\\/]twilio[\\/]lib[\\/]base[\\/]RequestClient\.js$/ }, () => ({
      contents: `module.exports = class { constructor() { throw new Error("Hand Twilio's client a transport"); } };`,
      loader: "js",
    }));
  },
};

function packConfig(path: string, out: string): Pick<Bundles, "demoKeys" | "fictionalNumbers"> {
  if (!existsSync(path)) throw new Error(`There is no config at ${path}: give -c config=FILE`);
  const { text, demoKeys } = packedConfig(readFileSync(path, "utf8"));
  writeFileSync(join(out, "apply-config/muster.yaml"), text);
  return { demoKeys, fictionalNumbers: fictionalNumbersIn(text) };
}
