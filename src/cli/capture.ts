import { existsSync, readdirSync } from "node:fs";
import { InputError } from "../foundation/input/inputError.ts";
import { captureScript } from "../learning/keras/capture/captureScript.ts";
import { isCaptured, readCaptured } from "../learning/keras/program/readCaptured.ts";
import { ExitCode } from "./exitCode.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson, remark } from "./output.ts";
import { parseWhatOptions } from "./whatOptions.ts";

/** `capture SCRIPT --out DIR`: runs a Keras script up to the call that trains, and writes the captured program. */
export async function captureCommand(script: string, raw: RawOptions): Promise<ExitCode> {
  const { json } = parseCommonOptions(raw);
  const out = parseText("--out", raw.out);
  if (out === undefined) throw refusal("must name the folder to write, such as --out captured", undefined);
  refuseOther(out);
  await captureScript(script, out, parseWhatOptions(raw));
  const { program, notes } = readCaptured(out);
  const { name = "keras", version = "", backend = "" } = program.framework ?? {};
  if (json) printJson({ captured: out, framework: name, version, backend, notes });
  else {
    for (const note of notes) remark(`learnproof: ${note}`);
    print(`captured ${script} (${name} ${version} on ${backend}) in ${out}`);
  }
  return ExitCode.holds;
}

/** A capture replaces an older one, and nothing else. */
function refuseOther(out: string): void {
  if (!existsSync(out) || isCaptured(out) || isEmpty(out)) return;
  throw refusal("must be a new folder, or one with an older capture, which is replaced; name another", out);
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

function refusal(message: string, got: unknown): InputError {
  return new InputError({ code: "unwritable", field: "--out", message, got });
}
