// Whatever a project's own code throws or answers wrongly is told as its own: one sentence that names the subject, the
// function and the line of it.

import { existsSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../../foundation/input/inputError.ts";
import { reasonOf } from "../../../foundation/input/reason.ts";

/** A function that a project wrote. */
export interface Callback {
  /** The subject's name. */
  readonly subject: string;
  /** The function's, such as `buildModel`. */
  readonly name: string;
}

/** Where the code of learnproof lies; no line of it is the user's. */
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

/** The same for a function that may answer later. */
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

/** What a project's function threw, as an error of its input; the thrown value is the error's `cause`. */
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

/** An answer that no use can be made of. */
export function wrongAnswer({ subject, name }: Callback, rule: string, got: unknown): InputError {
  return new InputError({
    code: "invalid-answer",
    field: `subject ${subject}`,
    message: `${name} ${rule}`,
    got: describe(got),
  });
}

/** The first line of the stack that lies in the user's own files, such as `learnproof.config.ts:12:5`. */
function userFrame(thrown: unknown): string | null {
  const stack = thrown instanceof Error && typeof thrown.stack === "string" ? thrown.stack : "";
  for (const line of stack.split("\n")) {
    const [, place, row, column] = (/^\s+at /.test(line) && FRAME.exec(line)) || [];
    if (place === undefined || !/^(?:file:\/\/|\/|[A-Za-z]:\\)/.test(place)) continue;
    if (place.startsWith(OURS) || place.startsWith(fileURLToPath(OURS))) continue;
    if (/[\\/]node_modules[\\/]/.test(place)) continue;
    const path = place.startsWith("file://") ? fileURLToPath(place.replace(/\?.*$/, "")) : place;
    // What TensorFlow.js was built from is named by its source maps, and is not there.
    if (!existsSync(path)) continue;
    return `${relative(process.cwd(), path)}:${row}:${column}`;
  }
  return null;
}

/** A class's name in place of what JSON would make of an object of it. */
function describe(got: unknown): unknown {
  if (typeof got !== "object" || got === null) return got;
  const { name } = (got as { constructor?: { name?: string } }).constructor ?? {};
  return name === undefined || name === "Object" || name === "Array" ? got : `an object of class ${name}`;
}
