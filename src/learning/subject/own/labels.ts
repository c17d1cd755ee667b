// Converts classes to the form that a model is trained on: 0 or 1 for one output, one-hot for more.

import { InputError } from "../../../foundation/input/inputError.ts";
import { oneHot } from "../compiled/modelData.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { andThen, type Soon } from "./later.ts";

/**
 * Converts class numbers to one-hot rows if the model has an output for each class.
 *
 * @param outputsOf finds the model's number of outputs, which a single column of targets leaves open.
 * @throws {InputError} if the targets do not give exactly one class for each example.
 */
export function readLabels(
  targets: NumberTable,
  outputsOf: () => Soon<number>,
  field: string,
): Soon<NumberTable> {
  if ((targets.shape[1] as number) > 1) {
    refuseSeveral(targets, field);
    return targets;
  }
  const highest = targets.values.reduce((most, value) => Math.max(most, value), 0);
  return andThen(outputsOf(), (outputs) => {
    if (outputs > 1) return oneHot(targets, outputs, field);
    const bad = targets.values.find((value) => value !== 0 && value !== 1);
    if (bad === undefined) return targets;
    throw new InputError({
      code: "invalid-value",
      field,
      message: Number.isInteger(highest)
        ? `must be 0 or 1 for a model of one output: these are class numbers up to ${highest}; give the model ${highest + 1} units with softmax and the loss categoricalCrossentropy, and they are made one-hot`
        : "must be 0 or 1 for a model of one output; correct them, or leave classification out",
      got: bad,
    });
  });
}

function refuseSeveral({ shape, values }: NumberTable, field: string): void {
  const outputs = shape[1] as number;
  for (let row = 0; row * outputs < values.length; row++) {
    const labels = values.subarray(row * outputs, (row + 1) * outputs);
    const ones = labels.filter((label) => label === 1).length;
    if (ones === 1 && labels.every((label) => label === 0 || label === 1)) continue;
    throw new InputError({
      code: "invalid-value",
      field,
      message: `must hold a single 1 among zeros in each row, as classes do (row ${row}, from 0, does not); of labels that may hold together leave classification out, and take sigmoid and binaryCrossentropy`,
      got: Array.from(labels),
    });
  }
}
