import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { ComparedRun } from "./renderComparison.ts";
import type { HistoryContent } from "./renderHistory.ts";
import type { ReportContent } from "./renderReport.ts";
import type { Commit } from "./reportSource.ts";

/**
 * Finds out before the work whether a report could be written.
 *
 * @throws {InputError} when the path is a directory or a device, or its folder is missing or not writable.
 */
export async function refuseUnwritable(path: string, field = "--report"): Promise<void> {
  const refuse = (message: string) => {
    throw new InputError({ code: "unwritable", field, message, got: path });
  };
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory()) refuse("must be a file; this is a directory, so name a file in it");
  if (existing && !existing.isFile()) refuse("must be a file; this is a device or a pipe, so name a file");
  await access(dirname(path), constants.W_OK).catch(() =>
    refuse(`must lie in a folder that exists and can be written; name another with ${field}`),
  );
}

/**
 * Writes the report whole or not at all; two runs writing one path leave the later one's, whole.
 *
 * @throws {UnwrittenError} where it cannot be written; any other error is one of drawing.
 */
export async function writeReport(path: string, content: ReportContent): Promise<void> {
  // Loaded when there is something to draw: a command that writes no page does not need it.
  const { renderReport } = await import("./renderReport.ts");
  await writeWhole(path, renderReport(content));
}

/** The same for the page of runs side by side. */
export async function writeComparison(
  path: string,
  runs: readonly ComparedRun[],
  commit: Commit | null = null,
): Promise<void> {
  const { renderComparison } = await import("./renderComparison.ts");
  await writeWhole(path, renderComparison(runs, commit));
}

/** The same for the page of the gate's history. */
export async function writeHistory(path: string, content: HistoryContent): Promise<void> {
  const { renderHistory } = await import("./renderHistory.ts");
  await writeWhole(path, renderHistory(content));
}
