// Runs a Keras script with the user's own Python, up to the call that trains.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { Place } from "../program/capturedFile.ts";
import { findPython } from "./findPython.ts";

/** How a script is run. */
export interface CaptureOptions {
  /** The Python to run it with. @defaultValue as {@link findPython} finds it */
  readonly python?: string | undefined;
  /** Which call that trains to take, from 1. @defaultValue 1 */
  readonly fit?: number | undefined;
  /**
   * Seconds after which a script is ended that has not reached the call, and by which the capture sees to it that time is left.
   *
   * @defaultValue 10 minutes, all of them for the script
   */
  readonly seconds?: number | undefined;
  /** The script's own arguments. */
  readonly scriptArguments?: readonly string[] | undefined;
}

const CAPTURE = fileURLToPath(new URL("./capture.py", import.meta.url));
/** The capture itself writes this much of standard error at most into a sentence. */
const LONGEST_WORDS = 300;
const MINUTES = 10;
/** Python is given this long at least, since a time of 0 would be none. */
const MOMENT = 1e-3;

/**
 * Runs a script up to the call that trains, and writes what the call was given into a folder, which is replaced.
 *
 * @throws {InputError} if Python is missing, the script fails by itself, needs a network or never trains.
 */
export async function captureScript(
  script: string,
  out: string,
  options: CaptureOptions = {},
): Promise<void> {
  if (!existsSync(script)) throw refusal("no-such-file", script, "does not exist; check the path", "ENOENT");
  const python = findPython(options.python, process.env);
  const folder = mkdtempSync(join(tmpdir(), "learnproof-capture-"));
  const failure = join(folder, "failure.json");
  const { fit = 1, seconds, scriptArguments = [] } = options;
  const time = seconds === undefined ? undefined : Math.max(MOMENT, seconds);
  try {
    // A script may change its working directory before it trains.
    const ours = [CAPTURE, "--out", resolve(out), "--failure", failure, "--fit", String(fit)];
    if (time !== undefined) ours.push("--seconds", String(time));
    const ended = await run(python, [...ours, script, ...scriptArguments], time);
    if (ended.error) throw noPython(python, options.python, ended.error);
    // What the script does behind its training call may end it in any way: the program is written by then.
    if (existsSync(`${failure}.captured`)) return;
    if (existsSync(failure)) throw explain(script, JSON.parse(readFileSync(failure, "utf8")));
    if (time !== undefined && time < MINUTES * 60 && ended.signal === "SIGTERM") throw spent(script, time);
    if (ended.code !== 0) throw crashed(script, ended);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last line of standard error. */
  readonly words: string;
  readonly error: Error | null;
}

/** What the script prints is its own affair: only the end of its standard error is kept, for a crash. */
function run(python: string, args: readonly string[], seconds = MINUTES * 60): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(python, ["-u", ...args], {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: Math.ceil(1000 * Math.min(seconds, MINUTES * 60)),
      env: { PYTHONHASHSEED: "0", ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    });
    let tail = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      tail = (tail + text).slice(-4096);
    });
    const stop = () => child.kill("SIGKILL");
    process.once("exit", stop);
    const end = (code: number | null, signal: string | null, error: Error | null) => {
      process.off("exit", stop);
      done({ code, signal, words: lastLine(tail), error });
    };
    child.once("error", (error) => end(null, null, error));
    child.once("close", (code, signal) => end(code, signal, null));
  });
}

function lastLine(text: string): string {
  return (text.trimEnd().split("\n").at(-1) ?? "").trim().slice(0, LONGEST_WORDS);
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly place: Place | null;
}

function explain(script: string, { code, message, place }: Failure): InputError {
  const field = place ? `${place.file}:${place.line}` : script;
  return refusal(code, field, message, place?.text ?? "no place in the script");
}

function noPython(python: string, asked: string | undefined, error: Error): InputError {
  const { code } = error as NodeJS.ErrnoException;
  return refusal(
    "no-python",
    asked === undefined ? "python" : "--python",
    "must be a Python that starts, with Keras in it; name one with --python PATH or LEARNPROOF_PYTHON",
    `${python} (${code ?? error.message})`,
  );
}

function spent(script: string, seconds: number): InputError {
  return refusal(
    "budget-spent",
    "--budget",
    `is spent before ${script} reached the call that trains; give it more time, or let the script prepare less`,
    `${Math.round(seconds)}s for the script`,
  );
}

function crashed(script: string, { code, signal, words }: Ended): InputError {
  const how =
    signal === "SIGTERM" ? `did not reach a training call within ${MINUTES} minutes` : "ended Python itself";
  return refusal(
    "script-failed",
    script,
    `${how} before it trains; run it with Python alone, and mend that first`,
    words === "" ? `exit code ${code ?? signal}` : words,
  );
}

function refusal(code: string, field: string, message: string, got: unknown): InputError {
  return new InputError({ code, field, message, got });
}
