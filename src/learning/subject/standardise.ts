import { InputError } from "../../foundation/input/inputError.ts";
import type { Examples } from "./examples.ts";
import { columnsOf, inputParts, type Part, type Placed, targetParts } from "./parts.ts";

/** Whether inputs and targets are standardised to mean 0 and variance 1. */
export interface Standardising {
  readonly standardiseInputs: boolean;
  readonly standardiseTargets: boolean;
  /** Whether all inputs together are mapped to 0 to 1. @defaultValue false */
  readonly unitInputs?: boolean | undefined;
  /** Whether all targets together are mapped to 0 to 1. @defaultValue false */
  readonly unitTargets?: boolean | undefined;
}

/**
 * Standardises the examples as requested: each input (for pictures, each channel) and each target gets mean 0 and
 * variance 1, with the statistics of the training examples. Classes stay unchanged.
 *
 * @param reference returns the training examples before standardising.
 * @throws {InputError} if a number lies so far from the training examples that float32 cannot hold the result.
 */
export function standardiseExamples(
  read: Examples,
  reference: () => Examples,
  { standardiseInputs, standardiseTargets, unitInputs = false, unitTargets = false }: Standardising,
): Examples {
  if (!standardiseInputs && !standardiseTargets && !unitInputs && !unitTargets) return read;
  const unscaled = reference();
  const holdsClasses = targetParts(read).some(({ classification }) => classification);
  const toUnits = (of: Examples): Examples => ({
    ...of,
    inputs: unitInputs ? toUnit(of.inputs, unscaled.inputs) : of.inputs,
    targets: unitTargets && !holdsClasses ? toUnit(of.targets, unscaled.targets) : of.targets,
  });
  const [examples, measured] = [toUnits(read), toUnits(unscaled)];
  const { inputs, targets, outputs, count } = examples;
  const own = inputParts(examples).map((part) => ({ ...part, columns: part.shape.at(-1) ?? 1 }));
  const wanted = targetParts(examples)
    .filter(({ classification }) => !classification)
    .map((part) => ({ ...part, columns: part.size }));
  return {
    ...examples,
    inputs: standardiseInputs
      ? standardiseParts(inputs, measured.inputs, inputs.length / count, own, "standardiseInputs")
      : inputs,
    targets: standardiseTargets
      ? standardiseParts(targets, measured.targets, outputs, wanted, "standardiseTargets")
      : targets,
  };
}

/** Maps a table linearly, so that the numbers of `reference` reach from 0 to 1; equal numbers become 0. */
function toUnit(table: Float32Array, reference: Float32Array): Float32Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of reference) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most - least || 1;
  return table.map((value) => (value - least) / range);
}

/** Standardises the parts of each row that are listed; the others stay as they are. */
function standardiseParts(
  table: Float32Array,
  reference: Float32Array,
  columns: number,
  parts: readonly (Placed<Part> & { readonly columns: number })[],
  field: string,
): Float32Array {
  const [only] = parts;
  if (!only) return table;
  const scaled = (part: (typeof parts)[number]) => {
    const before = columnsOf(table, columns, part);
    const after = standardise(before, columnsOf(reference, columns, part), part.columns);
    return refuseInfinite(after, before, part.columns, field);
  };
  if (only.size === columns) return scaled(only);
  const whole = table.slice();
  for (const part of parts) {
    const own = scaled(part);
    for (let row = 0; row * columns < table.length; row++)
      whole.set(own.subarray(row * part.size, (row + 1) * part.size), row * columns + part.offset);
  }
  return whole;
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
