#!/usr/bin/env node
import { runCommandLine } from "./commandLine.ts";
import { ExitCode } from "./exitCode.ts";
import { remark } from "./output.ts";

// A reader that closes the pipe early (`| head`) is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2)).catch((error: Error) => {
  remark(`learnproof: internal error, please report it: ${error.stack ?? error.message}`);
  return ExitCode.badInput;
});
