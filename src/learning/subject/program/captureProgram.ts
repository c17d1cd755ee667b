// Runs a program of TensorFlow.js, and reads from its training calls what it trains.

import { existsSync } from "node:fs";
import { InputError } from "../../../foundation/input/inputError.ts";
import { reasonOf } from "../../../foundation/input/reason.ts";
import { placeInFile } from "./placeInFile.ts";
import { type Ended, runProgram } from "./runProgram.ts";
import { silenceConsole } from "./silenceConsole.ts";
import { silenceWrites } from "./silenceWrites.ts";
import type { TrainingCall } from "./trainingCall.ts";
import { watchLoops } from "./watchLoops.ts";
import { watchTraining } from "./watchTraining.ts";

/** How a program is captured. */
export interface ProgramOptions {
  /** Which training to take, from 1: each model has one, and another one from each time it is compiled. @defaultValue 1 */
  readonly fit?: number | undefined;
  /** Seconds that the program has to reach it. @defaultValue 10 minutes */
  readonly seconds?: number | undefined;
  /** The program's own arguments. @defaultValue none */
  readonly programArguments?: readonly string[] | undefined;
}

const MOST_SECONDS = 600;
/** Behind the first call that was written down, or the first update of a loop of its own, a program has this long to go on. */
const SECONDS_BEHIND = 20;

/**
 * Runs a program, and returns the calls that train from the one that is asked for on.
 *
 * @throws {InputError} if it fails by itself, or trains nothing that can be written down.
 */
export async function captureProgram(
  path: string,
  { fit = 1, seconds = MOST_SECONDS, programArguments = [] }: ProgramOptions = {},
): Promise<readonly TrainingCall[]> {
  if (!existsSync(path)) throw refusal("no-such-file", path, "does not exist; check the path", "ENOENT");
  const loops = watchLoops(
    () => !watched.isTraining(),
    () => program.hurry(SECONDS_BEHIND),
  );
  let speak: (() => void) | null = null;
  const watched = watchTraining({
    asked: fit,
    onCall() {
      speak ??= silenceWrites();
      program.hurry(SECONDS_BEHIND);
    },
    onFault: (fault) => program.end({ how: "failed", fault }),
  });
  const sound = silenceConsole();
  const program = runProgram(path, { programArguments, seconds: Math.min(seconds, MOST_SECONDS) });
  try {
    const ended = await program.ended;
    if (watched.calls.length > 0) return watched.calls;
    throw explain(path, ended, { fit, hasLoop: loops.seen() });
  } finally {
    watched.stop();
    loops.stop();
    sound();
    (speak as (() => void) | null)?.();
  }
}

function explain(
  path: string,
  ended: Ended,
  { fit, hasLoop }: { readonly fit: number; readonly hasLoop: boolean },
): InputError {
  if (ended.how === "failed") {
    const { fault } = ended;
    if (fault instanceof InputError) return fault;
    return refusal(
      "program-failed",
      placeInFile(fault, path) ?? path,
      `fails by itself before it trains (${reasonOf(fault)}); run it with Node alone, and mend that first`,
      fault instanceof Error ? `${fault.name}: ${fault.message.split("\n", 1)[0]}` : fault,
    );
  }
  if (hasLoop)
    return refusal(
      "own-loop",
      path,
      "must train by fit, fitDataset or trainOnBatch, and trains by an optimizer's minimize or applyGradients; give the model, compiled with its loss, and the data to check(model, { x, y }) of learnproof",
      "a loop of its own",
    );
  if (ended.how === "late")
    return refusal(
      "budget-spent",
      path,
      "did not reach a call that trains in its time; give it more, or let it prepare less",
      "no call of fit",
    );
  return refusal(
    "never-trains",
    path,
    fit > 1
      ? `must begin ${fit} trainings, since --fit names that one; name another`
      : "must train a compiled model of TensorFlow.js by fit, fitDataset or trainOnBatch when Node runs it; call the function that does, or name a subject of learnproof.config",
    "no call that trains",
  );
}

function refusal(code: string, field: string, message: string, got: unknown): InputError {
  return new InputError({ code, field, message, got });
}
