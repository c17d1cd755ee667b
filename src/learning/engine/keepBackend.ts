import { getBackend, setBackend } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";

/**
 * Checks that the engine stays the same while the project's own code runs. Otherwise a run on another engine would be
 * reported, and replayed, under the wrong name.
 *
 * @returns a function that checks the engine, and restores it before it throws.
 */
export function watchBackend(): (whose: string) => Promise<void> {
  const started = getBackend();
  return async (whose) => {
    const now = getBackend();
    if (now === started) return;
    await setBackend(started);
    throw new InputError({
      code: "conflict",
      field: whose,
      message: `must leave the engine as it is, ${started}; take tf.setBackend out of it, and choose the engine with --engine or LEARNPROOF_ENGINE`,
      got: now,
    });
  };
}
