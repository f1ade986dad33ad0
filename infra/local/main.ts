// `npm start`: one command, no account, no container; the phones ring in the browser.
import { parseArgs } from "node:util";
import { loadConfig } from "../../schemas/load-config.ts";
import { openConfig, told } from "../cli/config-file.ts";
import { terminal } from "../cli/terminal.ts";
import { layTeamsClient } from "../teams/client.ts";
import { type Hub, startHub } from "./hub.ts";
import { intakeAddresses } from "./intake-addresses.ts";
import { waysInto } from "./second-carrier.ts";
import { chatSettings, publicUrlIn, simulatedSecondCarrier, twilioSettings } from "./settings.ts";
import { chatSimulator } from "./simulator/chat/chat-simulator.ts";
import { secondCarrier } from "./simulator/second-carrier/carrier.ts";
import { tabPath } from "./simulator/tab/tab.ts";
import { simulatedAccount } from "./simulator/twilio/account.ts";
import { phoneSimulator } from "./simulator/twilio/phone-simulator.ts";
import { noPhones, simulators } from "./simulators.ts";

const usage = `Usage: npm start -- [options]

Runs Muster on this machine: for evaluation, drills and development. A real night runs on AWS.

  --port PORT     where to listen, on 127.0.0.1 only (default 4300)
  --data DIR      where to keep everything (default .muster)
  --config FILE   the organisation (default muster.yaml)
  --verbose       say what each function does
  --help          this text

With TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM (or TWILIO_MESSAGING_SERVICE_SID) set, real texts are sent, and
MUSTER_PUBLIC_URL has to be the address at which Twilio reaches this hub. TWILIO_API_URL sends them elsewhere.
Under MUSTER_PUBLIC_URL only alerts with a key, signed callbacks and signed links are accepted. The tunnel has to pass that
name on as the Host header.
With TEAMS_APP, TEAMS_TENANT and TEAMS_CLIENT_SECRET set, the bot is a real one in Teams. With TEAMS_SERVICE_URL set, what
is said in Teams goes to another connector; a client on this machine need sign nothing.`;

/** Characters a second: twice as fast as a voice, so that a prompt can be read and nobody waits for its end. */
const speechSpeed = 30;

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const screen = terminal(process);
  const file = await openConfig(options.config, screen);
  if (file === undefined) throw new Error("Say where the organisation's file is: --config FILE");
  const config = file.text;
  const loaded = loadConfig(config);
  if ("problems" in loaded) {
    for (const problem of loaded.problems) screen.err(told(problem, file, "red", screen));
    throw new Error(`Nothing was started: ${options.config} has mistakes`);
  }

  await layTeamsClient();
  const twilio = twilioSettings(process.env);
  const publicUrl = publicUrlIn(process.env);
  if (twilio.mode === "real" && publicUrl === undefined) {
    throw new Error(
      "Set MUSTER_PUBLIC_URL to the https address at which Twilio reaches this hub, or replies can't arrive",
    );
  }
  const teams = chatSettings(process.env);
  if (teams.mode === "real" && publicUrl === undefined) {
    throw new Error(
      "Set MUSTER_PUBLIC_URL to the https address at which Teams reaches this hub, or nothing that people press arrives",
    );
  }
  const level = options.verbose ? "all" : "normal";
  const { port, data } = options;
  const { organisation } = loaded;
  const addresses = () => intakeAddresses(config, hub.url);
  const simulator = phoneSimulator({
    ...simulatedAccount,
    inboundUrl: () => `${hub.url}/twilio/messages`,
    speechSpeed,
  });
  simulator.join(secondCarrier(waysInto(() => hub.invoke)));
  const chat = chatSimulator({
    people: organisation.people,
    deliverTo: () => `${hub.url}/teams/messages`,
  });
  const aside =
    twilio.mode === "simulator"
      ? simulators({ simulator, chat, organisation, intake: addresses })
      : noPhones(twilio.mode, teams.mode === "elsewhere" ? chat : undefined);
  const isSimulated = twilio.mode === "simulator";
  const hub: Hub = await startHub({
    port,
    data,
    config,
    twilio,
    publicUrl,
    level,
    aside,
    // On by default where the phones are simulated: one can see what a night without Twilio, or without the chat, is like.
    secondCarrier: isSimulated ? simulatedSecondCarrier : undefined,
    // Whoever is let in unsigned is on this machine, and not behind a tunnel to it. No simulated chat beside real phones.
    chat:
      isSimulated || teams.mode !== "simulator" ? { ...teams, unsigned: publicUrl === undefined } : undefined,
  });

  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`${organisation.name}: alerts are taken at`);
  for (const { source, address } of addresses()) say(`  ${source.padEnd(14)} ${address}`);
  say(`command post  ${hub.url}/`);
  if (isSimulated) {
    say(`phones        ${hub.url}/simulator/`);
  }
  if (isSimulated && teams.mode === "simulator") {
    say(`Teams         ${hub.url}/simulator/teams`);
    say(`Teams' tab    ${hub.url}${tabPath}`);
  }
  if (twilio.mode === "real") say("texts go out through the REAL Twilio account");
  if (teams.mode === "real") say("cards go out through the REAL Teams");
  // The bot was installed before the hub began: it hears of it now, as it would have then.
  if (isSimulated && teams.mode === "simulator") void chat.announce();
  say(`ready ${hub.url}`);

  const stop = (): void => {
    process.off("SIGTERM", stop).off("SIGINT", stop);
    simulator.close();
    chat.close();
    hub.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4300" },
      data: { type: "string", default: ".muster" },
      config: { type: "string", default: "muster.yaml" },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port has to be a number from 0 to 65535, not ${values.port}`);
  return { ...values, port };
}

const fail = (error: unknown): never => {
  process.stderr.write(`muster: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

main().catch(fail);
