import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { vi } from "vitest";
import { runCommandLine } from "../../src/cli/commandLine.ts";
import { builtPackage } from "../builtPackage.ts";
// It runs its own process in the folder in which it was loaded: loaded by a command, that would be one of a spec, which
// is gone when the next spec comes.
import "esbuild";

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const main = (): string => join(builtPackage(), "dist/cli/main.js");

/** Runs the built command line as a process of its own, in `cwd`. */
export function runCli(args: readonly string[], cwd: string, environment: object = {}): Promise<CliResult> {
  return new Promise((done) => {
    const options = { cwd, env: { ...process.env, LEARNPROOF_ENGINE: "", ...environment } };
    execFile(process.execPath, [main(), ...args], options, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The same within a shell, which knows pipes and devices: `redirection` stands behind the command. */
export function runShell(args: readonly string[], redirection: string, cwd: string): Promise<CliResult> {
  const command = [process.execPath, main(), ...args].map((word) => JSON.stringify(word)).join(" ");
  return new Promise((done) => {
    const options = { cwd, env: { ...process.env, LEARNPROOF_ENGINE: "wasm" } };
    execFile("bash", ["-c", `${command} ${redirection}`], options, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** Starts the command line and leaves it running. */
export function spawnCli(args: readonly string[], cwd: string): ChildProcessByStdio<null, null, Readable> {
  return spawn(process.execPath, [main(), ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
}

/** Runs the command line in this process, in `cwd`, and catches what it prints: that saves seconds of loading. */
export async function runInProcess(args: readonly string[], cwd: string): Promise<CliResult> {
  const printed = { stdout: "", stderr: "" };
  const catching = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  const home = process.cwd();
  process.chdir(cwd);
  try {
    return { code: await runCommandLine(args), ...printed };
  } finally {
    process.chdir(home);
    for (const spy of catching) spy.mockRestore();
  }
}
