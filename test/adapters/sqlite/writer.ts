// A process to be killed: appends and accepts without end, and says of each what it was promised.
import { openSqliteStore } from "../../../functions/adapters/sqlite/store.ts";
import { aCommit, anAlert, night } from "../../support/moments.ts";

const store = openSqliteStore(process.argv[2] ?? "");
const run = process.pid;
for (let expected = 0; ; expected++) {
  const [committed] = await Promise.all([
    store.journal.append(aCommit(`incident/${run}`, { expected })),
    store.alerts.accept([anAlert(`${run}-${expected + 1}`)], night),
  ]);
  if (committed.outcome !== "committed") throw new Error(committed.outcome);
  process.stdout.write(`${run} ${committed.version}\n`);
}
