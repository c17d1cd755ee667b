import { type InputError, printValue } from "../foundation/input/inputError.ts";
import { escapeText } from "../foundation/input/printable.ts";
import { TranslationError } from "../learning/keras/translate/findings.ts";
import { isInternal, stackOf } from "./blame.ts";
import { commandWriter, writeOutput } from "./standardStreams.ts";

/** Writes a line to standard output. */
export function print(line: string): void {
  writeOutput(`${inert(line)}\n`);
}

/** Writes a text, or where a command was told to be quiet the line of it that says the outcome. */
export function printOutcome(text: string, quiet: boolean, outcome: "first" | "last" = "first"): void {
  print(quiet ? (text.split("\n").at(outcome === "first" ? 0 : -1) ?? "") : text);
}

/** Writes a line to standard error, where progress and remarks go. */
export function remark(line: string): void {
  const { isTTY, columns = 80 } = process.stderr;
  process.stderr.write(`${inert(isTTY ? breakLine(line, columns) : line)}\n`);
}

/** Breaks a remark between words; it holds no colours, so that no library has to be loaded for it. */
function breakLine(line: string, columns: number): string {
  return line.replace(new RegExp(`(.{1,${columns}})(?: +|$)`, "gm"), "$1\n").trimEnd();
}

/** Writes one JSON object to standard output; numbers that JSON lacks become null. */
export function printJson(value: unknown): void {
  // Within JSON text, the escape stands for the same character.
  const text = JSON.stringify(value);
  writeOutput(`${isWorkflow() ? text.replaceAll("##[", "\\u0023#[") : text}\n`);
}

/** Line breaks, and the colours that we print ourselves. */
const KEPT = new RegExp(`(\\n|${String.fromCharCode(0x1b)}\\[[\\d;]*m)`);

/**
 * Makes printed text harmless. It may quote the name of a file or a layer, which must not control the terminal. In a
 * GitHub workflow, the runner takes a line that begins with `::` or contains `##[` for a command; a backslash prevents
 * it.
 */
function inert(text: string): string {
  const parts = text.split(KEPT);
  const shown = parts.map((part, index) => (index % 2 === 1 ? part : escapeText(part))).join("");
  return isWorkflow() ? shown.replaceAll("##[", "#\\#[").replace(/^(\s*)::/gm, "$1\\::") : shown;
}

function isWorkflow(): boolean {
  return process.env.GITHUB_ACTIONS === "true";
}

/**
 * Does work that prints commands to a workflow's runner, which reads both streams: beside our JSON they must not
 * stand on standard output.
 */
export async function tellRunner<Result>(json: boolean, work: () => Promise<Result>): Promise<Result> {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = (json ? stderr.write.bind(stderr) : commandWriter(write)) as typeof write;
  try {
    return await work();
  } finally {
    stdout.write = write;
  }
}

/** Says what was wrong with the input: as JSON on standard output, or as one sentence on standard error. */
export function printError(error: InputError, json: boolean): void {
  if (!json) {
    remark(`learnproof: ${error.message}`);
    return;
  }
  printJson({ error: errorJson(error) });
}

/** An error as JSON says it; of a Keras program with every part that has no counterpart. */
export function errorJson(error: InputError) {
  const { code, field, message, got } = error;
  const parts = error instanceof TranslationError ? { refusals: error.refusals } : {};
  return { code, field, message, got: writable(got), ...parts };
}

/** The same of any fault; of one of our own with the stack, on standard error, where it was thrown. */
export function printFault(fault: InputError, thrown: unknown, json: boolean): void {
  const stack = isInternal(fault) ? stackOf(thrown) : "";
  printError(fault, json);
  if (stack !== "") remark(stack);
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
