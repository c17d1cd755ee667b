import { InputError, type InputErrorDetails } from "../../foundation/input/inputError.ts";
import type { Examples } from "./examples.ts";
import { sizeOf, targetParts } from "./parts.ts";

/** A model whose only output has another shape than the targets of an example. */
export class MisfitError extends InputError {
  /** What fits targets to the model: the units of its output, or the output's shape where that has positions. */
  readonly fits: number | readonly number[];

  constructor(details: InputErrorDetails, fits: number | readonly number[]) {
    super(details);
    this.fits = fits;
  }
}

/**
 * Gives the targets as many columns as a model has outputs, as the broadcasting of a loss does: a single target is
 * repeated for each output, and for a single output several targets are averaged, which has the same gradient. A model
 * that puts out a row for each position, such as each step of a sequence, gets the targets at every one.
 *
 * @param wanted the number of outputs, or the shape of an output that has positions.
 * @throws {InputError} if none applies.
 */
export function fitTargets(examples: Examples, wanted: number | readonly number[] | undefined): Examples {
  if (wanted === undefined || wanted === examples.outputs) return examples;
  return typeof wanted === "number" ? fitToUnits(examples, wanted) : fitToPositions(examples, wanted);
}

/** The most numbers that fitted targets may have, 120 MB. */
const MOST_NUMBERS = 3e7;

/** Whether the targets can be repeated at every position of an output, as a loss does that broadcasts them. */
export function fitsEachPosition(
  { outputs, count }: Pick<Examples, "outputs" | "count">,
  shape: readonly number[],
): boolean {
  const fits = outputs === 1 || outputs === shape.at(-1);
  return shape.length > 1 && fits && count * sizeOf(shape) <= MOST_NUMBERS;
}

function fitToPositions(examples: Examples, shape: readonly number[]): Examples {
  const { outputs, targets, count } = examples;
  if (!fitsEachPosition(examples, shape))
    throw new InputError({
      code: "conflict",
      field: "data.fitTargets",
      message: `must end with the number of targets (${outputs}), or there must be one target; leave it out`,
      got: shape,
    });
  const size = sizeOf(shape);
  const fitted = new Float32Array(count * size);
  for (let row = 0; row < count; row++) {
    const own = targets.subarray(row * outputs, (row + 1) * outputs);
    for (let at = 0; at < size; at += outputs) fitted.set(own, row * size + at);
  }
  return fittedTo(examples, shape, fitted);
}

function fitToUnits(examples: Examples, units: number): Examples {
  const { outputs, targets, count } = examples;
  if (examples.classification && outputs > units && units > 1) return withoutClasses(examples, units);
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
  return fittedTo(examples, [units], fitted);
}

/** Leaves out the classes that no unit stands for; their examples have a row of zeros, from which nothing is learnt. */
function withoutClasses(examples: Examples, units: number): Examples {
  const { outputs, targets } = examples;
  return fittedTo(
    examples,
    [units],
    targets.filter((_, at) => at % outputs < units),
  );
}

function fittedTo(examples: Examples, shape: readonly number[], targets: Float32Array): Examples {
  const [part] = targetParts(examples);
  const isWritten = examples.targetParts !== undefined || shape.length > 1;
  return {
    ...examples,
    outputs: sizeOf(shape),
    targets,
    fittedFrom: examples.outputs,
    ...(isWritten && part && { targetParts: [{ ...part, shape }] }),
  };
}
