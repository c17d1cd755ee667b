import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type UnwrittenError, writeNew } from "../foundation/files/writeWhole.ts";
import { InputError } from "../foundation/input/inputError.ts";
import { describeVerdict } from "../report/terminal/describeRun.ts";
import { untilDeadline } from "./deadline.ts";
import { beginEngine } from "./engine.ts";
import { ExitCode } from "./exitCode.ts";
import { allRuns } from "./followProgress.ts";
import { parseCommonOptions, parseText, type RawOptions } from "./options.ts";
import { print, printJson } from "./output.ts";
import { remarkPageless } from "./pageless.ts";
import { createTotalProgress } from "./progress.ts";

const TAKEN = "must not exist yet: a capsule is never overwritten; name another file, or remove it";

/** `record CONFIG --out FILE`: trains once and packs the run up. */
export async function recordCommand(path: string, raw: RawOptions): Promise<ExitCode> {
  const options = parseCommonOptions(raw);
  remarkPageless(raw, "learnproof report CAPSULE --open");
  const out = parseText("--out", raw.out);
  if (out === undefined) throw refusal("must name the file to write, such as --out collapse.json", undefined);
  const file = resolve(out);
  await refuseTaken(file, out);
  const { loadWhat } = await import("./whatOptions.ts");
  const { config } = await loadWhat(path, raw, options);
  const { canBeMadeAnew } = await import("../learning/workers/madeAnew.ts");
  if (!canBeMadeAnew(config))
    throw new InputError({
      code: "usage",
      field: path,
      message:
        "must be what a capsule can name, and a program of TensorFlow.js is none; define its model and data as a subject of learnproof.config, and record that",
      got: "a program",
    });
  const engine = await beginEngine(options);

  const [{ record }, { printCapsule }, { replayLine }, { keepProgram }] = await Promise.all([
    import("../keeping/capsule/record.ts"),
    import("../keeping/capsule/capsule.ts"),
    import("../keeping/capsule/keepFailure.ts"),
    import("../keeping/capsule/keepProgram.ts"),
  ]);
  const progress = createTotalProgress(config.training.steps, options);
  const capsule = await record(config, engine, untilDeadline(options.deadline, allRuns(progress))).finally(
    progress.end,
  );
  const kept = { ...capsule, config: keepProgram(capsule.config, file) };
  await writeNew(file, printCapsule(kept)).catch((error: UnwrittenError) => {
    if (error.reason === "EEXIST") throw refusal(`${TAKEN}; it appeared while the run was trained`, out);
    throw refusal(`could not be written (${error.reason}); make room, or name another file`, out);
  });

  const { verdict, cause, digest } = capsule.expected;
  if (options.json) printJson({ capsule: file, digest, verdict, cause, engine: engine.name });
  else if (options.quiet) print(`${describeVerdict(verdict)}${cause ? ` (${cause})` : ""}`);
  else
    print(
      `${describeVerdict(verdict)}${cause ? ` (${cause})` : ""}\ndigest ${digest}\nReplay: ${replayLine(file)}`,
    );
  return ExitCode.holds;
}

/** Recordings are kept to be compared with: none is overwritten. */
async function refuseTaken(file: string, out: string): Promise<void> {
  const existing = await stat(file).catch(() => null);
  if (existing) throw refusal(TAKEN, out);
  await access(dirname(file), constants.W_OK).catch(() => {
    throw refusal("must lie in a folder that exists and can be written; name another", out);
  });
}

function refusal(message: string, got: unknown): InputError {
  return new InputError({ code: "unwritable", field: "--out", message, got });
}
