// Twilio's client as it is bundled: without its own HTTP client it sends by ours, as it does from the packages.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as sms from "../../functions/adapters/twilio/sms.ts";
import { ownTransport } from "../../infra/bundle.ts";

const asked: string[] = [];
const provider = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(201, { "content-type": "application/json" }).end(`{"sid":"SM${"0".repeat(32)}"}`);
});
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "muster-bundle-"));
  await new Promise<void>((done) => provider.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  provider.close();
  await rm(folder, { recursive: true });
});

test("a bundled channel sends", async () => {
  const outfile = join(folder, "sms.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "../../functions/adapters/twilio/sms.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: 'import{createRequire as own}from"node:module";const require=own(import.meta.url);' },
    plugins: [ownTransport],
  });
  const { twilioSms } = (await import(pathToFileURL(outfile).href)) as typeof sms;
  const accountSid = `AC${"0".repeat(32)}`;
  const channel = twilioSms({
    accountSid,
    credentials: { authToken: "of nobody" },
    sender: { from: "+12025550199" },
    publicUrl: "https://hub.example",
    apiUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}`,
  });
  const text = {
    to: "+12025550101",
    text: "1",
    drill: false,
    reference: "A1",
    reportTo: "/r",
    validFor: 60_000,
  };
  expect(await channel.send(text)).toEqual({ outcome: "done", receipt: `SM${"0".repeat(32)}` });
  expect(asked).toEqual([`POST /2010-04-01/Accounts/${accountSid}/Messages.json`]);
});
