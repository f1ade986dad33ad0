// Finds the command, reads its options, and runs it.
import { parseArgs } from "node:util";
import type { Command, ExitCode, Option, Values } from "./command.ts";
import { ack } from "./commands/ack.ts";
import { bridge } from "./commands/bridge.ts";
import { check } from "./commands/check.ts";
import { close } from "./commands/close.ts";
import { deadLetters } from "./commands/dead-letters.ts";
import { declare } from "./commands/declare.ts";
import { deploy } from "./commands/deploy.ts";
import { incidents } from "./commands/incidents.ts";
import { key } from "./commands/key.ts";
import { page } from "./commands/page.ts";
import { preflight } from "./commands/preflight.ts";
import { providers } from "./commands/providers.ts";
import { ready } from "./commands/ready.ts";
import { redrive } from "./commands/redrive.ts";
import { report } from "./commands/report.ts";
import { resolve } from "./commands/resolve.ts";
import { schema } from "./commands/schema.ts";
import { send } from "./commands/send.ts";
import { show } from "./commands/show.ts";
import { signIn } from "./commands/sign-in.ts";
import { teams } from "./commands/teams.ts";
import { who } from "./commands/who.ts";
import { generalHelp, helpOf } from "./help.ts";
import type { Terminal } from "./terminal.ts";

const commands: Readonly<Record<string, Command>> = {
  check,
  who,
  key,
  send,
  incidents,
  show,
  ack,
  resolve,
  declare,
  "sign-in": signIn,
  report,
  page,
  close,
  bridge,
  "dead-letters": deadLetters,
  redrive,
  providers,
  ready,
  schema,
  teams,
  preflight,
  deploy,
};

const general = {
  json: { type: "boolean", help: "print JSON, for programs" },
  help: { type: "boolean", help: "print this" },
} as const satisfies Readonly<Record<string, Option>>;

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = "", ...rest] = args;
  if (name === "") {
    terminal.err(generalHelp(commands));
    return 2;
  }
  if (name === "help" || name === "--help" || name === "-h") {
    terminal.out(generalHelp(commands));
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    terminal.err(`muster: there is no command "${name}"; muster --help lists them`);
    return 2;
  }
  const options = { ...command.options, ...general };
  const [own, further] = command.rest === undefined ? [rest, []] : atTerminator(rest);
  const values = read(own, further, options);
  if ("wrong" in values) {
    terminal.err(`muster ${name}: ${values.wrong}; muster ${name} --help says what is known`);
    return 2;
  }
  if (values.flag("help")) {
    terminal.out(helpOf(name, command, options));
    return 0;
  }
  const [least, most] = wordsOf(command);
  if (values.words.length < least || values.words.length > most) {
    terminal.err(
      `muster ${name}: expected ${command.words ?? "no further words"}; muster ${name} --help says more`,
    );
    return 2;
  }
  return command.run(values, terminal);
}

const wordsOf = ({ words }: Command): readonly [least: number, most: number] => {
  const all = words?.split(" ") ?? [];
  return [all.filter((word) => !word.startsWith("[")).length, all.length];
};

/** What comes before `--`, and what after it. */
function atTerminator(args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = args.indexOf("--");
  return at === -1 ? [args, []] : [args.slice(0, at), args.slice(at + 1)];
}

function read(
  args: readonly string[],
  rest: readonly string[],
  options: Readonly<Record<string, Option>>,
): Values | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          Object.entries(options).map(([name, { type, multiple, short }]) => [
            name,
            { type, multiple: multiple ?? false, ...(short === undefined ? {} : { short }) },
          ]),
        ),
        help: { type: "boolean", short: "h" },
      },
    });
    const given: Readonly<Record<string, unknown>> = values;
    return {
      words: positionals,
      rest,
      flag: (name) => given[name] === true,
      text: (name) => (typeof given[name] === "string" ? given[name] : undefined),
      list: (name) => (Array.isArray(given[name]) ? given[name].map(String) : []),
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
      return { wrong: error.message.split(". ")[0] ?? error.message };
    throw error;
  }
}
