// Reports errors and wrong results of a project's own code as the project's: in one sentence that names the subject,
// the function and the source line.

import { existsSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../../foundation/input/inputError.ts";
import { reasonOf } from "../../../foundation/input/reason.ts";

/** A function that a project wrote. */
export interface Callback {
  /** The subject's name. */
  readonly subject: string;
  /** The function's name, such as `buildModel`. */
  readonly name: string;
}

/** The folder of learnproof's own code, whose stack frames are not the user's. */
const OURS = new URL("../../../", import.meta.url).href;
const FRAME = /\(?((?:file:\/\/)?[^\s()]+):(\d+):(\d+)\)?$/;

/** Calls a project's function. @throws {InputError} for whatever it throws. */
export function ask<Answer>(callback: Callback, call: () => Answer): Answer {
  try {
    return call();
  } catch (error) {
    throw blame(callback, error);
  }
}

/** Calls a project's function that may be asynchronous. @throws {InputError} for whatever it throws or rejects with. */
export async function askLater<Answer>(
  callback: Callback,
  call: () => Answer | Promise<Answer>,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw blame(callback, error);
  }
}

/** Turns an error that a project's function threw into an InputError, whose `cause` is that error. */
export function blame({ subject, name }: Callback, thrown: unknown): InputError {
  if (thrown instanceof InputError) return thrown;
  const frame = userFrame(thrown);
  const error = new InputError({
    code: "subject-failed",
    field: `subject ${subject}`,
    message: `${name} threw: ${reasonOf(thrown)}${frame === null ? "" : `, in ${frame}`}; correct it`,
    got: thrown instanceof Error ? thrown.name : thrown,
  });
  error.cause = thrown;
  return error;
}

/** Creates the error for a result that breaks a rule. */
export function wrongAnswer({ subject, name }: Callback, rule: string, got: unknown): InputError {
  return new InputError({
    code: "invalid-answer",
    field: `subject ${subject}`,
    message: `${name} ${rule}`,
    got: describe(got),
  });
}

/** Finds the first stack frame in the user's own files, such as `learnproof.config.ts:12:5`. */
function userFrame(thrown: unknown): string | null {
  const stack = thrown instanceof Error && typeof thrown.stack === "string" ? thrown.stack : "";
  for (const line of stack.split("\n")) {
    const [, place, row, column] = (/^\s+at /.test(line) && FRAME.exec(line)) || [];
    if (place === undefined || !/^(?:file:\/\/|\/|[A-Za-z]:\\)/.test(place)) continue;
    if (place.startsWith(OURS) || place.startsWith(fileURLToPath(OURS))) continue;
    if (/[\\/]node_modules[\\/]/.test(place)) continue;
    const path = place.startsWith("file://") ? fileURLToPath(place.replace(/\?.*$/, "")) : place;
    // TensorFlow.js's source maps name source files that are not installed.
    if (!existsSync(path)) continue;
    return `${relative(process.cwd(), path)}:${row}:${column}`;
  }
  return null;
}

/** Describes an object of a class by the class's name, because its JSON would say little. */
function describe(got: unknown): unknown {
  if (typeof got !== "object" || got === null) return got;
  const { name } = (got as { constructor?: { name?: string } }).constructor ?? {};
  return name === undefined || name === "Object" || name === "Array" ? got : `an object of class ${name}`;
}
