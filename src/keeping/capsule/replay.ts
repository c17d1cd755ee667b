import { InputError } from "../../foundation/input/inputError.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import type { Watch } from "../../learning/training/progress.ts";
import type { Capsule, Recorded } from "./capsule.ts";
import { measureOutcome } from "./record.ts";

/** A run that was made again, beside what its capsule recorded. */
export interface Replay {
  /** Whether the verdict and the cause, and on a bit-exact engine also the digest, equal those recorded. */
  readonly same: boolean;
  readonly outcome: Recorded;
  readonly expected: Recorded;
}

/**
 * Repeats a capsule's run.
 *
 * @param engine the running engine.
 * @throws {InputError} if another engine recorded the capsule, since its bits would differ.
 */
export async function replay(
  { config, engine: recorded, expected }: Capsule,
  engine: Engine,
  watch: Watch = {},
): Promise<Replay> {
  if (engine.name !== recorded) {
    throw new InputError({
      code: "foreign-engine",
      field: "engine",
      message: `must be ${recorded}, on which the capsule was recorded: the bits of engines differ; leave --engine out`,
      got: engine.name,
    });
  }
  const outcome = await measureOutcome(config, watch);
  const same =
    outcome.verdict === expected.verdict &&
    outcome.cause === expected.cause &&
    (outcome.digest === expected.digest || !engine.bitExact);
  return { same, outcome, expected };
}
