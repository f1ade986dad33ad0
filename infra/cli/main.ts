#!/usr/bin/env node
// The command line: `muster`, by npx from a clone.
import { run } from "./run.ts";
import { terminal } from "./terminal.ts";

process.exitCode = await run(process.argv.slice(2), terminal(process));
