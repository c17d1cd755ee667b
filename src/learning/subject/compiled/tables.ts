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

/** Returns the rows `from` to `to` (not included) of a table, which share its memory. */
export function rowsOf({ shape, values }: NumberTable, from: number, to: number): NumberTable {
  const [count = 1, ...row] = shape;
  const size = values.length / count;
  return { shape: [to - from, ...row], values: values.subarray(from * size, to * size) };
}
