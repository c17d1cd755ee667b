// An example is one row of inputs and one row of targets. A model with several inputs or outputs divides these rows:
// each input, and the target of each output, is a part of the row with a name and a shape of its own.

import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { ErrorMeasure } from "../measure/errorMeasure.ts";
import type { Examples } from "./examples.ts";

/** One input of a model, or the target of one output, in every example. */
export interface Part {
  /** The model's name for it, such as `image`; `input 0` or `output 0` for a name that TensorFlow.js made up. */
  readonly name: string;
  /** Shape in one example, such as `[32, 32, 3]`. */
  readonly shape: readonly number[];
}

/** Numbers of an output, one beside the other, that are above 0 and have a sum of 1. */
export interface Shares {
  /** The place of the first of them. */
  readonly from: number;
  /** How many they are, at least two. */
  readonly size: number;
}

/** The target of one output. */
export interface TargetPart extends Part {
  /** Whether it is classes: 0 or 1 if the last axis has one number, one-hot along the last axis if it has more. */
  readonly classification: boolean;
  /** Whether each number is a class of its own, 0 or 1, of which several may be 1. @defaultValue false */
  readonly severalLabels?: boolean | undefined;
  /** The subject's own error measure, which judges the output. @defaultValue the squared error, and wrong classes */
  readonly measure?: ErrorMeasure | undefined;
  /**
   * Shape of an example's targets as the project's own loss takes them, where that is another than the output's: a mean
   * and a variance, or several quantiles, of one target. @defaultValue the shape of the output
   */
  readonly ownShape?: readonly number[] | undefined;
  /** Whether the targets only fill their place: they are all the same, and the own loss does not read them. */
  readonly arePlaceholders?: boolean | undefined;
  /** Whether the own loss compares the outputs of examples with each other, and the targets say which belong together. */
  readonly areRelated?: boolean | undefined;
  /** Which of the numbers that its own loss judges the model makes shares of one. @defaultValue none */
  readonly shares?: readonly Shares[] | undefined;
}

/** A part with its place in the row. */
export type Placed<Of extends Part> = Of & {
  /** Its index among the parts. */
  readonly index: number;
  /** Place of its first number in the row. */
  readonly offset: number;
  /** Its numbers in one example. */
  readonly size: number;
};

/** Numbers in one example of that shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Returns the parts of a row of inputs, in the order of the model's inputs. */
export function inputParts({ inputParts: written, inputShape }: Examples): readonly Placed<Part>[] {
  return place(written ?? [{ name: "input 0", shape: inputShape }]);
}

/** Returns the parts of a row of targets, in the order of the model's outputs. */
export function targetParts({
  targetParts: written,
  outputs,
  classification = false,
}: Pick<Examples, "targetParts" | "outputs" | "classification">): readonly Placed<TargetPart>[] {
  return place(written ?? [{ name: "output 0", shape: [outputs], classification }]);
}

function place<Of extends Part>(parts: readonly Of[]): readonly Placed<Of>[] {
  let offset = 0;
  return parts.map((part, index) => {
    const size = sizeOf(part.shape);
    const placed = { ...part, index, offset, size };
    offset += size;
    return placed;
  });
}

/**
 * Copies the numbers of one part out of a table.
 *
 * @param table `[rows, columns]`, row by row.
 * @returns `[rows, part.size]`; the table itself if it has no other part.
 */
export function columnsOf(table: Float32Array, columns: number, part: Placed<Part>): Float32Array {
  const { offset, size } = part;
  if (size === columns) return table;
  const rows = table.length / columns;
  const copy = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const start = row * columns + offset;
    copy.set(table.subarray(start, start + size), row * size);
  }
  return copy;
}

/**
 * Puts the tables of all parts side by side.
 *
 * @param tables one for each part, each with the same number of rows, row by row.
 * @returns one table, row by row; the only table itself if there is one part.
 */
export function sideBySide(tables: readonly Float32Array[], rows: number): Float32Array {
  const [only] = tables;
  if (tables.length === 1 && only) return only;
  const columns = tables.reduce((sum, { length }) => sum + length / rows, 0);
  const whole = new Float32Array(rows * columns);
  let offset = 0;
  for (const table of tables) {
    const size = table.length / rows;
    for (let row = 0; row < rows; row++)
      whole.set(table.subarray(row * size, (row + 1) * size), row * columns + offset);
    offset += size;
  }
  return whole;
}

/** Makes a tensor `[count, ...shape]` for each input of the model. The caller disposes them. */
export function inputTensors(examples: Examples): Tensor[] {
  const { inputs, count } = examples;
  return inputParts(examples).map((part) =>
    tensor(columnsOf(inputs, inputs.length / count, part), [count, ...part.shape]),
  );
}

/** The examples' targets, and all that says how they are divided. */
type Targets = Pick<
  Examples,
  "count" | "targets" | "outputs" | "ownTargets" | "targetParts" | "classification"
>;

/**
 * Makes a tensor of targets for each output of the model, `[count, ...shape]` in the shape that its loss takes. The caller
 * disposes them.
 */
export function targetTensors(examples: Targets): Tensor[] {
  return targetParts(examples).map((part) => {
    const { values, shape } = lossTargets(examples, part);
    return tensor(values, [examples.count, ...shape]);
  });
}

/** Returns the targets of one output as its loss takes them, row by row, and the shape of a row. */
export function lossTargets(
  examples: Targets,
  part: Placed<TargetPart>,
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const { ownTargets, count, targets, outputs } = examples;
  if (ownTargets === undefined) return { values: columnsOf(targets, outputs, part), shape: part.shape };
  const own = place(
    targetParts(examples).map(({ name, shape, ownShape = shape }) => ({ name, shape: ownShape })),
  );
  const placed = own[part.index] as Placed<Part>;
  return { values: columnsOf(ownTargets, ownTargets.length / count, placed), shape: placed.shape };
}

/**
 * Makes a tensor for each output from a table of targets or predictions. The caller disposes them.
 *
 * @param table `[count, outputs]`, row by row.
 */
export function outputTensors(
  table: Float32Array,
  examples: Pick<Examples, "count" | "targetParts" | "outputs">,
): Tensor[] {
  const { count, outputs } = examples;
  return targetParts(examples).map((part) => tensor(columnsOf(table, outputs, part), [count, ...part.shape]));
}

/** The steps of one output: what the numbers along its last axis share. */
export function stepsOf({ shape, size }: Placed<TargetPart>): number {
  return size / (shape.at(-1) ?? 1);
}

/** The tables that say how steps count; none where the targets were brought into another shape since. */
export function stepTables(examples: Examples): Pick<Examples, "stepWeights" | "shownSteps"> {
  const { stepWeights, shownSteps, count } = examples;
  if (!stepWeights && !shownSteps) return {};
  const steps = count * targetParts(examples).reduce((sum, part) => sum + stepsOf(part), 0);
  return {
    ...(stepWeights?.length === steps && { stepWeights }),
    ...(shownSteps?.length === steps && { shownSteps }),
  };
}

/** Copies the columns of one output's steps out of a table of all steps. */
export function stepColumns(table: Float32Array, examples: Examples, part: Placed<TargetPart>): Float32Array {
  const before = targetParts(examples).slice(0, part.index);
  const offset = before.reduce((sum, one) => sum + stepsOf(one), 0);
  return columnsOf(table, table.length / examples.count, { ...part, offset, size: stepsOf(part) });
}

/**
 * Makes a tensor of weights for each output, `[count]` or `[count, steps]`; undefined where every example and every step counts
 * alike. The steps that a mask shows make up for those that it hides, as in Keras.
 */
export function weightTensors(examples: Examples): Tensor[] | undefined {
  const { weights, count } = examples;
  const { stepWeights, shownSteps } = stepTables(examples);
  if (!weights && !stepWeights && !shownSteps) return undefined;
  const parts = targetParts(examples);
  return parts.map((part) => {
    const { index } = part;
    const each = weights && columnsOf(weights, parts.length, { ...part, offset: index, size: 1 });
    const steps = stepsOf(part);
    if (!stepWeights && !shownSteps) return tensor(each ?? new Float32Array(count).fill(1), [count]);
    const own = stepWeights && stepColumns(stepWeights, examples, part);
    const shown = shownSteps && stepColumns(shownSteps, examples, part);
    const scale = shown ? Math.fround(shown.length / shown.reduce((sum, one) => sum + one, 0)) : 1;
    const factors = Float32Array.from({ length: count * steps }, (_, at) => {
      const weight = (each?.[Math.floor(at / steps)] ?? 1) * (own?.[at] ?? 1);
      return shown ? (shown[at] === 0 ? 0 : weight * scale) : weight;
    });
    return tensor(factors, steps === 1 ? [count] : [count, steps]);
  });
}

/** Returns the examples with the target of one output alone; the examples themselves if there is no other. */
export function withOutput(examples: Examples, part: Placed<TargetPart>): Examples {
  const { index: _index, offset: _offset, size, ...own } = part;
  if (size === examples.outputs) return examples;
  const { weights, count } = examples;
  const { stepWeights, shownSteps } = stepTables(examples);
  const columns = weights ? weights.length / count : 0;
  const { index } = part;
  return {
    ...examples,
    outputs: size,
    targets: columnsOf(examples.targets, examples.outputs, part),
    ...(examples.ownTargets && { ownTargets: lossTargets(examples, part).values }),
    classification: part.classification,
    targetParts: [own],
    ...(weights && {
      weights: Float32Array.from({ length: count }, (_, row) => weights[row * columns + index] as number),
    }),
    ...(stepWeights && { stepWeights: stepColumns(stepWeights, examples, part) }),
    ...(shownSteps && { shownSteps: stepColumns(shownSteps, examples, part) }),
  };
}

/**
 * The number of classes that compete for each place of a target: the length of its last axis, or 1 where several labels
 * may hold together.
 */
export function classesOf({ shape, severalLabels }: Pick<TargetPart, "shape" | "severalLabels">): number {
  return severalLabels ? 1 : (shape.at(-1) ?? 1);
}
