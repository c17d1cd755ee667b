import { execFile } from "node:child_process";
import { resolve } from "node:path";

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = resolve("src/cli/main.ts");
const TSX = import.meta.resolve("tsx");

/** Runs the command line as a process of its own, in `cwd`. */
export function runCli(args: readonly string[], cwd: string, environment: object = {}): Promise<CliResult> {
  return new Promise((done) => {
    const options = { cwd, env: { ...process.env, LEARNPROOF_ENGINE: "", ...environment } };
    execFile(process.execPath, ["--import", TSX, MAIN, ...args], options, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
