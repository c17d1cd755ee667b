import { UnwrittenError } from "../foundation/files/writeWhole.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { ExitCode } from "./exitCode.ts";
import { errorJson, printFault } from "./output.ts";

/** A report, or why there is none: what was measured stands without it. */
export interface ReportFile {
  /** Null where it could not be written. */
  readonly path: string | null;
  readonly fault: InputError | null;
  /** The value that was thrown. */
  readonly thrown: unknown;
}

/**
 * Draws and writes a report, after the minutes of measuring: neither a full disk nor a fault of drawing may cost them.
 *
 * @param option the one that names the file.
 */
export async function keepReport(
  option: string,
  path: string,
  write: () => Promise<void>,
): Promise<ReportFile> {
  try {
    await write();
    return { path, fault: null, thrown: null };
  } catch (thrown) {
    return { path: null, fault: explain(option, path, thrown as Error), thrown };
  }
}

function explain(field: string, got: string, thrown: Error): InputError {
  if (thrown instanceof UnwrittenError) {
    const message = `could not be written, the results above stand (${thrown.reason}); make room, or name another file`;
    return new InputError({ code: "unwritable", field, message, got });
  }
  const message = `internal error, please report it: the page could not be drawn, the results above stand (${thrown.message})`;
  return new InputError({ code: "internal-error", field, message, got });
}

/** Its part of a command's JSON. */
export function reportJson({ path, fault }: ReportFile) {
  return { report: path, ...(fault && { error: errorJson(fault) }) };
}

/** The exit code of a command whose results are printed: they stand, but it did not do all that it was asked for. */
export function exitAfter({ fault, thrown }: ReportFile, code: ExitCode): ExitCode {
  if (fault === null) return code;
  printFault(fault, thrown, false);
  return ExitCode.badInput;
}
