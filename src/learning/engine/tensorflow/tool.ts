import { spawnSync } from "node:child_process";
import { InputError } from "../../../foundation/input/inputError.ts";

/** An installed program that the build calls. */
export interface Tool {
  readonly command: string;
  /** Arguments that precede all others. */
  readonly first?: readonly string[];
  /** Advice for users who lack the program. */
  readonly remedy: string;
}

/** Checks that the tools are installed. @throws {InputError} if one is missing, or does not even print its version. */
export function requireTools(tools: readonly Tool[]): void {
  for (const tool of tools) {
    const { error, status } = spawn(tool, ["--version"]);
    if (error === undefined && status === 0) continue;
    throw new InputError({
      code: "missing-tool",
      field: nameOf(tool),
      message: `must run, to build TensorFlow; ${tool.remedy}`,
      got: error?.message ?? `exit code ${status}`,
    });
  }
}

/**
 * Runs a tool to its end, and keeps what it prints.
 *
 * @param next advice for the user if it fails.
 * @returns its standard output.
 * @throws {InputError} if it fails, with the last line that it printed.
 */
export function runTool(tool: Tool, args: readonly string[], next: string): string {
  const { error, status, stdout, stderr } = spawn(tool, args);
  if (error === undefined && status === 0) return stdout;
  throw new InputError({
    code: "tool-failed",
    field: nameOf(tool),
    message: `must end well, to build TensorFlow; ${next}`,
    got: error?.message ?? (complaintOf(stderr) || `exit code ${status}`),
  });
}

function spawn({ command, first = [] }: Tool, args: readonly string[]) {
  return spawnSync(command, [...first, ...args], { encoding: "utf8", maxBuffer: 2 ** 26 });
}

function nameOf({ command, first = [] }: Tool): string {
  return [command, ...first].join(" ");
}

/**
 * Finds the first line that a tool marks as an error, except the one where npm only gives its code; otherwise the last
 * line.
 */
function complaintOf(stderr: string): string | undefined {
  const lines = stderr.trim().split("\n");
  return lines.find((line) => /\berror\b(?! code)/i.test(line)) ?? lines.at(-1);
}
