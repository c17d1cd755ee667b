import { type InputError, printValue } from "../config/inputError.ts";

/** Writes a line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to standard error, where progress and remarks go. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes one JSON object to standard output; numbers that JSON lacks become null. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Says what was wrong with the input: as JSON on standard output, or as one sentence on standard error. */
export function printError(error: InputError, json: boolean): void {
  if (!json) {
    remark(`learnproof: ${error.message}`);
    return;
  }
  printJson({
    error: { code: error.code, field: error.field, message: error.message, got: writable(error.got) },
  });
}

/** The value itself where JSON can write it, else as the sentence prints it. */
function writable(got: unknown): unknown {
  if (got === undefined || (typeof got === "number" && !Number.isFinite(got))) return printValue(got);
  try {
    JSON.stringify(got);
    return got;
  } catch {
    return printValue(got);
  }
}
