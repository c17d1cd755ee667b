// Completion in a shell: `learnproof complete zsh` prints the script, which then asks `learnproof complete -- WORDS`.

import type { CAC } from "cac";
import { InputError } from "../foundation/input/inputError.ts";
import { didYouMean } from "../foundation/input/nearest.ts";
import { ExitCode } from "./exitCode.ts";
import { printError } from "./output.ts";
import { writeOutput } from "./standardStreams.ts";

export const COMPLETE = "complete";
const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** Prints the script for a shell, or the words that may come next. */
export async function complete(cli: CAC, args: readonly string[]): Promise<ExitCode> {
  const shell = args[1] ?? "";
  if (shell !== "--" && !(SHELLS as readonly string[]).includes(shell)) {
    printError(refusal(shell), args.includes("--json"));
    return ExitCode.badInput;
  }
  const { default: addCompletion } = await import("@bomb.sh/tab/cac");
  const { console: terminal } = globalThis;
  const { log } = terminal;
  // The library prints to the console, whose output does not count as the command's.
  terminal.log = (text: unknown) => writeOutput(`${text}\n`);
  try {
    await addCompletion(cli);
    cli.parse(["node", cli.name, ...args], { run: false });
    await cli.runMatchedCommand();
  } finally {
    terminal.log = log;
  }
  return ExitCode.holds;
}

function refusal(shell: string): InputError {
  return new InputError({
    code: "usage",
    field: COMPLETE,
    message: `must be given a shell: ${SHELLS.join(", ")}${didYouMean(shell, SHELLS)}`,
    got: shell === "" ? undefined : shell,
  });
}
