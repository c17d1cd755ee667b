import { InputError, type InputErrorDetails } from "../../foundation/input/inputError.ts";
import type { Examples } from "./examples.ts";
import { targetParts } from "./parts.ts";

/** A model whose only output has another number of units than the targets have columns. */
export class MisfitError extends InputError {
  /** Units of the model's output. */
  readonly units: number;

  constructor(details: InputErrorDetails, units: number) {
    super(details);
    this.units = units;
  }
}

/**
 * Gives the targets as many columns as a model has outputs, as the broadcasting of a loss does: a single target is
 * repeated for each output, and for a single output several targets are averaged, which has the same gradient.
 *
 * @throws {InputError} if neither applies.
 */
export function fitTargets(examples: Examples, units: number | undefined): Examples {
  const { outputs, targets, count } = examples;
  if (units === undefined || units === outputs) return examples;
  if (outputs !== 1 && units !== 1)
    throw new InputError({
      code: "conflict",
      field: "data.fitTargets",
      message: `must be 1, or the targets must be a single column (they are ${outputs}); leave it out`,
      got: units,
    });
  const fitted = new Float32Array(count * units);
  for (let row = 0; row < count; row++) {
    const own = targets.subarray(row * outputs, (row + 1) * outputs);
    fitted.fill(own.reduce((sum, target) => sum + target, 0) / outputs, row * units, (row + 1) * units);
  }
  const [part] = targetParts(examples);
  return {
    ...examples,
    outputs: units,
    targets: fitted,
    fittedFrom: outputs,
    ...(examples.targetParts && part && { targetParts: [{ ...part, shape: [units] }] }),
  };
}
