import { readFileSync } from "node:fs";
import { type CAC, cac } from "cac";
import { InputError } from "../foundation/input/inputError.ts";
import { nearest } from "../foundation/input/nearest.ts";
import { explainFault } from "./blame.ts";
import { describeOption } from "./command.ts";
import { commands } from "./commands.ts";
import { COMPLETE, complete } from "./completion.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { print, printFault, printJson } from "./output.ts";
import { everyCommand } from "./sharedOptions.ts";

const PROGRAM = "learnproof";

/** Runs the command that the arguments name. What goes wrong is printed, not thrown. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const cli = createCommands();
  if (args[0] === COMPLETE) return complete(cli, args);
  // The parser may stop before it comes to the options, or read --json=true.
  const json = () => wantsJson(args) || cli.options.json === true;
  try {
    cli.parse(["node", PROGRAM, ...args], { run: false });
    const asksNothing = args.every((word) => word === "--json");
    if (cli.options.version || cli.options.help || asksNothing) return answer(cli, json());
    if (!cli.matchedCommand) throw unknownCommand(cli);
    return (await cli.runMatchedCommand()) as ExitCode;
  } catch (error) {
    printFault(isUsage(error) ? usageError(error, cli, args) : explainFault(error), error, json());
    return ExitCode.badInput;
  }
}

export function wantsJson(args: readonly string[]): boolean {
  return args.includes("--json");
}

function createCommands(): CAC {
  const cli = cac(PROGRAM);
  for (const option of everyCommand) cli.option(option.flag, describeOption(option));
  cli.help(shortenHelp);
  // The parser would print it by itself, and not as JSON.
  cli.showHelpOnExit = false;
  for (const { usage, help, summary, options, examples, run } of commands) {
    const command = cli.command(usage, summary);
    if (help !== undefined) command.usage(help);
    for (const option of options) command.option(option.flag, describeOption(option));
    for (const example of examples) command.example(`  $ npx ${example}`);
    command.action((...all: unknown[]) => run(all.slice(0, -1), all.at(-1) as RawOptions));
  }
  return cli;
}

interface HelpSection {
  title?: string;
  body: string;
}

/** One line instead of one for each command, after the list of commands. */
function shortenHelp(sections: HelpSection[]): HelpSection[] {
  return sections.map((section) =>
    section.title?.startsWith("For more info")
      ? { title: "Start", body: "  $ npx learnproof init\n  $ npx learnproof COMMAND --help" }
      : { ...section, body: section.body.replace(/ +$/gm, "") },
  );
}

function answer(cli: CAC, json: boolean): ExitCode {
  const version = readVersion();
  const help = cli.options.version ? undefined : readHelp(cli);
  if (json) printJson(help === undefined ? { version } : { help });
  else print(help ?? `learnproof ${version}`);
  return ExitCode.holds;
}

function readVersion(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}

/** Captures the parser's help text for a command, or for all commands; the parser prints it to the console. */
function readHelp(cli: CAC): string {
  const { console: terminal } = globalThis;
  const { info } = terminal;
  let help = "";
  terminal.info = (text: string) => {
    help = text;
  };
  try {
    cli.outputHelp();
  } finally {
    terminal.info = info;
  }
  return help;
}

function unknownCommand({ args, commands }: CAC): InputError {
  const names = commands.map(({ name }) => name);
  const meant = nearest(args[0], names);
  return new InputError({
    code: "unknown-command",
    field: "command",
    message: `must be one of ${names.join(", ")}; ${meant ? `did you mean ${meant}? Run` : "run"} learnproof --help for their options`,
    got: args[0],
  });
}

function isUsage(error: unknown): error is Error {
  return error instanceof Error && error.name === "CACError";
}

/** Turns an error of the parser into an InputError. */
function usageError({ message }: Error, cli: CAC, args: readonly string[]): InputError {
  const meant = optionMeant(cli);
  return new InputError({
    code: "usage",
    field: "command line",
    message: `${message}${meant ? ` (did you mean --${meant}?)` : ""}; run learnproof --help`,
    got: args.join(" "),
  });
}

/** In place of the first option that the command does not know. */
function optionMeant({ matchedCommand, globalCommand, options }: CAC): string | null {
  if (!matchedCommand) return null;
  const unknown = Object.keys(options).find(
    (name) => name !== "--" && !matchedCommand.hasOption(name) && !globalCommand.hasOption(name),
  );
  return nearest(
    unknown,
    [...matchedCommand.options, ...globalCommand.options].map(({ name }) => name),
  );
}
