import { InputError } from "../../foundation/input/inputError.ts";
import type { Examples } from "./examples.ts";

/** Whether inputs and targets are standardised to mean 0 and variance 1. */
export interface Standardising {
  readonly standardiseInputs: boolean;
  readonly standardiseTargets: boolean;
}

/**
 * Standardises the examples as requested: each input (for pictures, each channel) and each target gets mean 0 and
 * variance 1, with the statistics of the training examples. Classes stay unchanged.
 *
 * @param reference returns the training examples before standardising.
 * @throws {InputError} if a number lies so far from the training examples that float32 cannot hold the result.
 */
export function standardiseExamples(
  examples: Examples,
  reference: () => Examples,
  { standardiseInputs, standardiseTargets }: Standardising,
): Examples {
  if (!standardiseInputs && !standardiseTargets) return examples;
  const measured = reference();
  const columns = examples.inputShape.at(-1) as number;
  const { outputs, inputs, targets, classification } = examples;
  const withTargets = standardiseTargets && !classification;
  return {
    ...examples,
    inputs: standardiseInputs
      ? refuseInfinite(standardise(inputs, measured.inputs, columns), inputs, columns, "standardiseInputs")
      : inputs,
    targets: withTargets
      ? refuseInfinite(
          standardise(targets, measured.targets, outputs),
          targets,
          outputs,
          "standardiseTargets",
        )
      : targets,
  };
}

function refuseInfinite(
  table: Float32Array,
  before: Float32Array,
  columns: number,
  field: string,
): Float32Array {
  const bad = table.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return table;
  throw new InputError({
    code: "not-finite",
    field: `data.${field}`,
    message: `must leave finite numbers: number ${bad % columns} of example ${Math.floor(bad / columns)} (both from 0) lies too many deviations from the training examples; correct it, or set this to false`,
    got: before[bad],
  });
}

/**
 * Standardises each column of a table to mean 0 and variance 1, with the statistics of `reference`; a constant column
 * gets mean 0.
 */
export function standardise(table: Float32Array, reference: Float32Array, columns: number): Float32Array {
  const rows = reference.length / columns;
  const sum = (of: (value: number) => number, column: number) => {
    let total = 0;
    for (let index = column; index < reference.length; index += columns)
      total += of(reference[index] as number);
    return total;
  };
  const means = Array.from({ length: columns }, (_, column) => sum((value) => value, column) / rows);
  const deviations = means.map(
    (mean, column) => Math.sqrt(sum((value) => (value - mean) ** 2, column) / rows) || 1,
  );
  return table.map(
    (value, index) => (value - (means[index % columns] as number)) / (deviations[index % columns] as number),
  );
}
