import { readFileSync } from "node:fs";
import { type CAC, type Command, cac } from "cac";
import { InputError } from "../foundation/input/inputError.ts";
import { nearest } from "../foundation/input/nearest.ts";
import { explainFault } from "./blame.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { print, printFault, printJson } from "./output.ts";
import { WHAT_OPTIONS } from "./whatFlags.ts";

/** Runs the command that the arguments name. What goes wrong is printed, not thrown. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const cli = createCommands();
  // The parser may stop before it comes to the options, or read --json=true.
  const json = () => wantsJson(args) || cli.options.json === true;
  try {
    cli.parse(["node", "learnproof", ...args], { run: false });
    if (cli.options.version || cli.options.help) return answer(cli, json());
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

/** Commands load what they need when they run: `--help` and a mistyped option need no tensors. */
function createCommands(): CAC {
  const cli = cac("learnproof");
  cli
    .option("--json", "One JSON object on standard output")
    .option(
      "--engine <name>",
      "tensorflow, webgpu, wasm or cpu; if left out, tensorflow where it is installed, else wasm",
    )
    .option("--seed <number>", "Instead of the config's seed")
    .option("--threads <number>", "Threads of the engine wasm; one a core if left out. Results are the same")
    .option("--version", "The version of learnproof")
    .help();
  // The parser would print it by itself, and not as JSON.
  cli.showHelpOnExit = false;
  takesWhat(cli.command("check [what]", "Measure every law on a subject: does it learn?"))
    .option("--report <file>", "Where to write the HTML report")
    .option("--budget <time>", "The most time to take, such as 90s or 10m; says what it leaves out for that")
    .option("--ladder", "Climb the ladder as well, and show it in the report")
    .action(async (config: string | undefined, options: RawOptions) =>
      (await import("./check.ts")).checkCommand(config, options),
    );
  takesWhat(cli.command("train <what>", "Train once and judge the run")).action(
    async (config: string, options: RawOptions) => (await import("./train.ts")).trainCommand(config, options),
  );
  takesWhat(cli.command("gate [...whats]", "Compare with the baselines: does every subject learn as it did?"))
    .option("--update", "Rewrite the baselines, and show the difference")
    .option("--reason <text>", "With --update: why the baseline is replaced, which its file keeps")
    .option("--accept-worse", "With --update: take a baseline that is worse than the one before")
    .option("--floor <ratio>", "With --update: the ratio from which worse matters, 1.25 if left out")
    .option("--seeds <number>", "With --update: seeds of a gate, chosen by the spread if left out")
    .option("--false-alarms <rate>", "How often a gate may fail though nothing got worse, 1e-4 if left out")
    .option("--all", "Measure what the cache knows, too")
    .option("--baselines <folder>", "Where the baselines lie")
    .option("--cache <folder>", "Where measurements are kept")
    .option("--report <file>", "Where to write the summary, as Markdown")
    .option("--capsules <folder>", "Where to keep a capsule of what regressed")
    .option("--history <file>", "The file to append a line to, which history draws")
    .option("--badge <file>", "Where to write a badge, as shields.io reads it")
    .action(async (configs: string[], options: RawOptions) =>
      (await import("./gate.ts")).gateCommand(configs, options),
    );
  cli
    .command("history [file]", "Draw what the gate measured over the commits, and find where it changed")
    .option("--out <file>", "Where to write the page")
    .option("--floor <ratio>", "The ratio from which worse matters, 1.25 if left out")
    .action(async (file: string | undefined, options: RawOptions) =>
      (await import("./history.ts")).historyCommand(file, options),
    );
  cli
    .command("bisect <good> <bad> [...what]", "Find the first commit that learns differently, and worse")
    .usage("bisect GOOD BAD [options] -- WHAT")
    .option("--seeds <number>", "Seeds of a comparison, chosen by the spread if left out")
    .action(async (good: string, bad: string, what: string[], options: RawOptions) =>
      (await import("./bisect.ts")).bisectCommand(String(good), String(bad), what, options),
    );
  takesWhat(
    cli.command("ladder [what]", "Climb from one example to a split, growing the network where it must"),
  )
    .option("--alpha", "Sweep the alpha of the loss mse+msle instead")
    .action(async (config: string | undefined, options: RawOptions) =>
      (await import("./ladder.ts")).ladderCommand(config, options),
    );
  takesWhat(
    cli.command("report [...files]", "Train configs or capsules and lay the runs side by side in one page"),
  )
    .option("--out <file>", "Where to write the page")
    .option("--open", "Show the page in the browser")
    .action(async (files: string[], options: RawOptions) =>
      (await import("./report.ts")).reportCommand(files, options),
    );
  cli
    .command("explain [name]", "What a cause or a law means, how it is told from others, and what cures it")
    .action(async (name: string | undefined, options: RawOptions) =>
      (await import("./explain.ts")).explainCommand(name, options),
    );
  takesWhat(cli.command("record <what>", "Train once and keep the run as a capsule"))
    .option("--out <file>", "The capsule to write")
    .action(async (config: string, options: RawOptions) =>
      (await import("./record.ts")).recordCommand(config, options),
    );
  cli
    .command("capture <script>", "Run a Keras script up to its fit, and keep what it trains as a folder")
    .option("--out <folder>", "The folder to write")
    .option("--python <path>", "The Python that runs the script")
    .option("--fit <number>", "Which call of fit to take, 1 if left out")
    .action(async (script: string, options: RawOptions) =>
      (await import("./capture.ts")).captureCommand(script, options),
    );
  cli
    .command("replay <capsule>", "Make a capsule's run again: is it the same, bit for bit?")
    .action(async (capsule: string, options: RawOptions) =>
      (await import("./replay.ts")).replayCommand(capsule, options),
    );
  cli
    .command("new <kind> <name>", "Write a failure-mode spec and its config, ready to edit")
    .action(async (kind: string, name: string, options: RawOptions) =>
      (await import("./new.ts")).newCommand(kind, name, options),
    );
  cli
    .command("calibrate", "Measure the harness itself: does it catch mutants, and accuse no healthy config?")
    .option("--healthy <number>", "Healthy configs to judge, 200 if left out")
    .option("--mutated <number>", "How many of them to mutate in every way, 4 if left out")
    .action(async (options: RawOptions) => (await import("./calibrate.ts")).calibrateCommand(options));
  cli
    .command("build-tensorflow", "Build TensorFlow's native library where npm cannot download it")
    .action(async (options: RawOptions) =>
      (await import("./buildTensorflow.ts")).buildTensorflowCommand(options),
    );
  cli
    .command("engines [...configs]", "Every engine side by side: laws, verdict and speed on each")
    .action(async (configs: string[], options: RawOptions) =>
      (await import("./engines.ts")).enginesCommand(configs, options),
    );
  cli
    .command("bench", "Time a training step, engines side by side")
    .action(async (options: RawOptions) => (await import("./bench.ts")).benchCommand(options));
  return cli;
}

/** Declares the options that say more about WHAT. */
function takesWhat(command: Command): Command {
  for (const [flag, description] of WHAT_OPTIONS) command.option(flag, description);
  return command;
}

function answer(cli: CAC, json: boolean): ExitCode {
  const version = readVersion();
  const help = cli.options.help ? readHelp(cli) : undefined;
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
