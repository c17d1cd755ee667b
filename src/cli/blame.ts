// Whose fault an error is that nothing caught: the stack says where it was thrown.

import { existsSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../foundation/input/inputError.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";

/** The folder of learnproof's own code. */
const OURS = fileURLToPath(new URL("..", import.meta.url));
/** A line of a stack that names a file: `at name (file:///folder/file.mjs:1:2)`, or without the name. */
const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/|[A-Za-z]:[\\/]|\/).+?)(?:\?[^:)]*)?:(\d+):(\d+)\)?$/;
const MODULES = `${sep}node_modules${sep}`;

/**
 * What to tell a person of an error, whatever was thrown: bad input as it is; a fault of the project's code with its
 * file and line; what the system refused; and the rest as an internal error.
 */
export function explainFault(thrown: unknown): InputError {
  if (thrown instanceof InputError) return thrown;
  const place = placeOf(stackOf(thrown));
  const project = place ?? (place === null ? null : projectFile());
  if (project !== null) {
    return new InputError({
      code: "invalid-project",
      field: project,
      message: `must not leave an error uncaught (${wordsOf(thrown)}); correct the code, or catch it there`,
      got: thrown instanceof Error ? thrown.name : thrown,
    });
  }
  return refusedBySystem(thrown) ?? internalError(thrown);
}

/**
 * Explains why the process ended before a verdict: a call of `process.exit`, whose stack is given, or no known reason.
 */
export function explainEnd(leaver: Error | null, code: unknown): InputError {
  const place = leaver && placeOf(stackOf(leaver));
  const file = place ?? projectFile();
  const what = leaver
    ? "must not end the process before there is a verdict: it called process.exit; remove the call"
    : "must not wait for what never comes: a promise was left that nothing can settle; settle it";
  if (file !== null)
    return new InputError({
      code: "invalid-project",
      field: file,
      message: what,
      got: leaver ? code : "no verdict",
    });
  return internalError(leaver ?? new Error("a promise was left that nothing can settle"));
}

export function isInternal({ code }: InputError): boolean {
  return code === "internal-error";
}

/**
 * Finds the innermost frame of the stack that is not in a library. Returns it as `file:line:column` if it is the
 * project's; null if it is learnproof's own; undefined if the stack does not say.
 */
function placeOf(stack: string): string | null | undefined {
  for (const line of stack.split("\n")) {
    const [, place, row, column] = FRAME.exec(line.trim()) ?? [];
    if (place === undefined) continue;
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    if (path.startsWith(OURS)) return null;
    // A source map may name files that a package does not bring.
    if (!path.includes(MODULES) && existsSync(path)) return `${fromHere(path)}:${row}:${column}`;
  }
  return undefined;
}

function projectFile(): string | null {
  const path = findProjectFile();
  return path && fromHere(path);
}

function fromHere(path: string): string {
  try {
    return relative(process.cwd(), path);
  } catch {
    // The working directory was removed.
    return path;
  }
}

/** Recognises a system call that failed; that is the environment's fault, whichever code made the call. */
function refusedBySystem(thrown: unknown): InputError | null {
  const { code, syscall, path } = Object(thrown) as NodeJS.ErrnoException;
  if (typeof code !== "string" || typeof syscall !== "string") return null;
  const message = `must be possible here: the system refused it (${wordsOf(thrown)}); check the disk, the folder and its permissions`;
  return new InputError({ code: "environment", field: path ?? syscall, message, got: code });
}

function internalError(thrown: unknown): InputError {
  return new InputError({
    code: "internal-error",
    field: "internal error",
    message: `please report it: ${wordsOf(thrown)}`,
    got: thrown instanceof Error ? thrown.name : thrown,
  });
}

/** Its first line. What is thrown may be anything, with getters that throw themselves. */
function wordsOf(thrown: unknown): string {
  try {
    const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
    return text.trim().split("\n", 1)[0] as string;
  } catch {
    return "no words";
  }
}

export function stackOf(thrown: unknown): string {
  try {
    const { stack } = Object(thrown) as { stack?: unknown };
    return typeof stack === "string" ? stack : "";
  } catch {
    return "";
  }
}
