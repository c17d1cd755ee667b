// How a process of the command line ends: with 0 or 1 only after a verdict was printed, and with 2 after one sentence
// that says whose fault it was, whatever the project's code does to the process.

import { countFromProcess } from "../foundation/clock.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";
import { explainEnd, explainFault } from "./blame.ts";
import { runCommandLine, wantsJson } from "./commandLine.ts";
import { ExitCode } from "./exitCode.ts";
import { printFault, remark } from "./output.ts";
import { claimStandardOutput, outputFault } from "./standardStreams.ts";
import { releaseTerminal } from "./terminal.ts";

/** Deeper than Node's 10: calls of TensorFlow.js lie between the project's code and what threw. */
const FRAMES = 50;

/** Runs the command that the arguments name, and ends the process. */
export async function runToTheEnd(args: readonly string[]): Promise<void> {
  countFromProcess();
  const ending = watchEnding(wantsJson(args));
  ending.end(await runCommandLine(args));
}

interface Ending {
  /** Ends the process, whatever timers and servers the project's code left open. */
  end(code: ExitCode): void;
}

function watchEnding(json: boolean): Ending {
  let decided: ExitCode | null = null;
  let leaver: Error | null = null;
  process.exitCode = ExitCode.badInput;
  Error.stackTraceLimit = FRAMES;
  // A project in TypeScript is told its own lines; elsewhere reading the maps would cost every start.
  if (findProjectFile()?.endsWith("ts")) process.setSourceMapsEnabled(true);
  claimStandardOutput();

  const { exit } = process;
  const end = (code: ExitCode): void => {
    decided = confirmed(code);
    exit(decided);
  };
  process.exit = (code) => {
    if (leaver === null) {
      leaver = new Error("process.exit");
      Error.captureStackTrace(leaver, process.exit);
    }
    return exit(code);
  };
  const fail = (thrown: unknown) => {
    if (decided !== null) return;
    releaseTerminal();
    printFault(explainFault(thrown), thrown, json);
    end(ExitCode.badInput);
  };
  // A limit on the size of files is told by the write that meets it.
  if (process.platform !== "win32") process.on("SIGXFSZ", () => undefined);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  process.on("exit", (code) => {
    if (decided === null) {
      decided = ExitCode.badInput;
      releaseTerminal();
      printFault(explainEnd(leaver, code), leaver, json);
    }
    process.exitCode = decided;
  });
  return { end };
}

/** A verdict that could not be printed was not given. */
function confirmed(code: ExitCode): ExitCode {
  const fault = outputFault();
  if (fault === null) return code;
  remark(
    `learnproof: standard output: must be a file, a pipe or a terminal that can be written (${fault.message})`,
  );
  return ExitCode.badInput;
}
