import { execFile } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const SELF = fileURLToPath(import.meta.url);
const MAIN = fileURLToPath(new URL(`./main${extname(SELF)}`, import.meta.url));

/** The one JSON object that a command printed, and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Answers of a gate of hundreds of subjects take a few of them. */
const MOST_OUTPUT = 256 * 1024 ** 2;

/** Runs a command of this program with --json in a process of its own, which loads the code of its folder. */
export function runOwnCommand(args: readonly string[], cwd: string): Promise<CommandResult> {
  const loader = extname(SELF) === ".ts" ? ["--import", import.meta.resolve("tsx")] : [];
  const env = { ...process.env, GITHUB_ACTIONS: "" };
  return new Promise((done) => {
    const options = { cwd, env, maxBuffer: MOST_OUTPUT };
    execFile(process.execPath, [...loader, MAIN, ...args], options, (error, stdout) => {
      done({ code: error ? Number(error.code ?? 2) : 0, json: parseObject(stdout) });
    });
  });
}

/** A process that was ended from outside printed none. */
function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
