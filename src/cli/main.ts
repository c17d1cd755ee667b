#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { cac } from "cac";
import { InputError } from "../config/inputError.ts";
import { benchCommand } from "./bench.ts";
import { checkCommand } from "./check.ts";
import { ExitCode } from "./exitCode.ts";
import type { RawOptions } from "./options.ts";
import { printError, remark } from "./output.ts";
import { trainCommand } from "./train.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** Runs the command that `argv` names. Errors of input are printed, not thrown. */
async function main(argv: string[]): Promise<ExitCode> {
  const cli = cac("learnproof");
  cli
    .option("--json", "One JSON object on standard output")
    .option("--engine <name>", "wasm, tensorflow or cpu");
  cli.option("--seed <number>", "Instead of the config's seed").help().version(version);
  cli
    .command("check [config]", "Measure every law on a subject: does it learn?")
    .option("--report <file>", "Where to write the HTML report", { default: undefined })
    .action((config: string | undefined, options: RawOptions) => checkCommand(config, options));
  cli
    .command("train <config>", "Train once and judge the run")
    .action((config: string, options: RawOptions) => trainCommand(config, options));
  cli
    .command("bench", "Time a training step, engines side by side")
    .action((options: RawOptions) => benchCommand(options));

  try {
    cli.parse(argv, { run: false });
    if (cli.options.help || cli.options.version) return ExitCode.holds;
    if (!cli.matchedCommand) throw unknownCommand(cli.args[0]);
    return (await cli.runMatchedCommand()) as ExitCode;
  } catch (error) {
    printError(asInputError(error), argv.includes("--json"));
    return ExitCode.badInput;
  }
}

function unknownCommand(name: string | undefined): InputError {
  return new InputError({
    code: "unknown-command",
    field: "command",
    message: "must be bench, check or train; run learnproof --help for their options",
    got: name,
  });
}

/** Usage errors of the command line parser are bad input too; anything else is a fault of ours. */
function asInputError(error: unknown): InputError {
  if (error instanceof InputError) return error;
  const { name, message } = error as Error;
  if (name === "CACError") {
    return new InputError({
      code: "usage",
      field: "command line",
      message: `${message}; run learnproof --help`,
      got: process.argv.slice(2).join(" "),
    });
  }
  throw error;
}

// A reader that closes the pipe early (`| head`) is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await main(process.argv).catch((error: Error) => {
  remark(`learnproof: internal error, please report it: ${error.stack ?? error.message}`);
  return ExitCode.badInput;
});
