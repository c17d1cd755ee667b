import { readFileSync } from "node:fs";
import { type CAC, cac } from "cac";
import { InputError } from "../foundation/input/inputError.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { print, printError } from "./output.ts";

/** Runs the command that the arguments name. Errors of input are printed, not thrown. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const cli = createCommands();
  try {
    cli.parse(["node", "learnproof", ...args], { run: false });
    if (cli.options.version) print(readVersion());
    if (cli.options.help || cli.options.version) return ExitCode.holds;
    if (!cli.matchedCommand) throw unknownCommand(cli);
    return (await cli.runMatchedCommand()) as ExitCode;
  } catch (error) {
    // The parser may have stopped before it came to the options, or have read --json=true.
    printError(asInputError(error, args), args.includes("--json") || cli.options.json === true);
    return ExitCode.badInput;
  }
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
    .option("--version", "The version of learnproof")
    .help();
  cli
    .command("check [config]", "Measure every law on a subject: does it learn?")
    .option("--report <file>", "Where to write the HTML report")
    .option("--ladder", "Climb the ladder as well, and show it in the report")
    .action(async (config: string | undefined, options: RawOptions) =>
      (await import("./check.ts")).checkCommand(config, options),
    );
  cli
    .command("train <config>", "Train once and judge the run")
    .action(async (config: string, options: RawOptions) =>
      (await import("./train.ts")).trainCommand(config, options),
    );
  cli
    .command("gate [...configs]", "Compare with the baselines: does every subject learn as it did?")
    .option("--update", "Rewrite the baselines, and show the difference")
    .option("--all", "Measure what the cache knows, too")
    .option("--baselines <folder>", "Where the baselines lie")
    .option("--cache <folder>", "Where measurements are kept")
    .option("--report <file>", "Where to write the summary, as Markdown")
    .option("--capsules <folder>", "Where to keep a capsule of what regressed")
    .action(async (configs: string[], options: RawOptions) =>
      (await import("./gate.ts")).gateCommand(configs, options),
    );
  cli
    .command("ladder [config]", "Climb from one example to a split, growing the network where it must")
    .option("--alpha", "Sweep the alpha of the loss mse+msle instead")
    .action(async (config: string | undefined, options: RawOptions) =>
      (await import("./ladder.ts")).ladderCommand(config, options),
    );
  cli
    .command("report [...files]", "Train configs or capsules and lay the runs side by side in one page")
    .option("--out <file>", "Where to write the page")
    .action(async (files: string[], options: RawOptions) =>
      (await import("./report.ts")).reportCommand(files, options),
    );
  cli
    .command("record <config>", "Train once and keep the run as a capsule")
    .option("--out <file>", "The capsule to write")
    .action(async (config: string, options: RawOptions) =>
      (await import("./record.ts")).recordCommand(config, options),
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

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return `learnproof ${version}`;
}

function unknownCommand({ args, commands }: CAC): InputError {
  return new InputError({
    code: "unknown-command",
    field: "command",
    message: `must be one of ${commands.map(({ name }) => name).join(", ")}; run learnproof --help for their options`,
    got: args[0],
  });
}

/** Usage errors of the command line parser are bad input too; anything else is a fault of ours. */
function asInputError(error: unknown, args: readonly string[]): InputError {
  if (error instanceof InputError) return error;
  const { name, message } = error as Error;
  if (name !== "CACError") throw error;
  return new InputError({
    code: "usage",
    field: "command line",
    message: `${message}; run learnproof --help`,
    got: args.join(" "),
  });
}
