// Reads inputs and targets in the forms that TensorFlow.js programs use: tensors, typed arrays, nested lists.

import { InputError } from "../../../foundation/input/inputError.ts";
import { flattenNumbers, isTensor, type Numbers, type NumberTable } from "../nestedNumbers.ts";

/**
 * Reads a table with a row for each example. A tensor is copied, and the caller keeps it.
 *
 * @param shape shape of one row, for a flat typed array; null dimensions are open.
 * @throws {InputError} if the data is not a table, or holds a number that is not finite.
 */
export async function readTable(
  data: Numbers,
  field: string,
  shape: readonly (number | null)[],
): Promise<NumberTable> {
  if (isTensor(data)) return flattenNumbers({ shape: data.shape, values: await data.data() }, field);
  if (!ArrayBuffer.isView(data)) return flattenNumbers(data, field);
  const values = data as unknown as ArrayLike<number>;
  const size = shape.reduce<number>((product, side) => product * (side ?? Number.NaN), 1);
  if (!Number.isInteger(values.length / size))
    throw new InputError({
      code: "conflict",
      field,
      message: `must hold whole rows of shape [${shape.map((side) => side ?? "any").join(", ")}], as the model asks for; give a tensor or { shape, values }`,
      got: `${values.length} numbers`,
    });
  return flattenNumbers({ shape: [values.length / size, ...(shape as number[])], values }, field);
}

/**
 * Converts class numbers to one-hot rows.
 *
 * @param labels `[examples, 1]`, whole numbers from 0.
 * @throws {InputError} for a label that is not a class of the model.
 */
export function oneHot(labels: NumberTable, classes: number, field: string): NumberTable {
  if (labels.values.length !== labels.shape[0]) throw noClass(classes, field, labels.shape);
  return oneHotAt(labels, classes, field);
}

/**
 * Converts the class number at each place to a one-hot row.
 *
 * @param labels `[examples, …]`, or the same with a last axis of 1: whole numbers from 0.
 * @returns `[examples, …, classes]`.
 * @throws {InputError} for a label that is not a class of the model.
 */
export function oneHotAt({ shape, values }: NumberTable, classes: number, field: string): NumberTable {
  const bad = values.find((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (bad !== undefined) throw noClass(classes, field, bad);
  const table = new Float32Array(values.length * classes);
  values.forEach((label, place) => {
    table[place * classes + label] = 1;
  });
  const places = shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  return { shape: [...places, classes], values: table };
}

function noClass(classes: number, field: string, got: unknown): InputError {
  return new InputError({
    code: "invalid-value",
    field,
    message: `must be one class number for each example, a whole number from 0 to ${classes - 1}; correct the labels or the model's units`,
    got,
  });
}

/** Returns the rows `from` to `to` (not included) of a table, which share its memory. */
export function rowsOf({ shape, values }: NumberTable, from: number, to: number): NumberTable {
  const [count = 1, ...row] = shape;
  const size = values.length / count;
  return { shape: [to - from, ...row], values: values.subarray(from * size, to * size) };
}
