// The synthesized templates, drawn once for all tests that read them, and anew when anything changed of which they are made.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Drawing } from "./said.ts";

const root = join(import.meta.dirname, "../../..");
const madeOf = [
  "infra/*.ts",
  "infra/constructs/*.ts",
  "functions/subscriptions.ts",
  "functions/table.ts",
  "test/infra/support/{draw,joined,said}.ts",
  "cdk.json",
  "package-lock.json",
];

export function drawing(): Drawing {
  const kept = join(tmpdir(), `muster-drawings-${process.getuid?.() ?? 0}`);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  const file = join(kept, `${fingerprint()}.json`);
  if (!existsSync(file)) onlyOnce(file, draw);
  return JSON.parse(readFileSync(file, "utf8")) as Drawing;
}

function draw(file: string): void {
  const own = `${file}.${process.pid}`;
  execFileSync(process.execPath, [join(import.meta.dirname, "draw.ts"), own], {
    cwd: root,
    stdio: "pipe",
    // The CDK would run the validator as well; review.test.ts does, and asks more of it.
    env: { ...process.env, CDK_VALIDATION: "false" },
  });
  renameSync(own, file);
}

/** Test files run side by side: the first one draws, the others wait for it; for one that died they wait in vain. */
function onlyOnce(file: string, make: (file: string) => void): void {
  const turn = `${file}.turn`;
  try {
    mkdirSync(turn);
  } catch {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; waited < 60_000 && !existsSync(file) && existsSync(turn); waited += 100)
      Atomics.wait(pause, 0, 0, 100);
    if (!existsSync(file)) make(file);
    return;
  }
  try {
    make(file);
  } finally {
    rmSync(turn, { recursive: true });
  }
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of globSync(madeOf, { cwd: root }).sort())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 32);
}
