import type { Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";

/** Nested lists of numbers, of equal length at each depth. */
export type NestedNumbers = ArrayLike<number> | readonly NestedNumbers[];

/** A shape and its numbers row by row. */
export interface ShapedNumbers {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** A table of numbers: nested lists, a tensor, or a shape and its numbers row by row. A tensor is copied. */
export type Numbers = NestedNumbers | Tensor | ShapedNumbers;

/** A table with a row for each example. */
export interface NumberTable {
  /** Shape `[examples, …]`, of at least two axes. */
  readonly shape: readonly number[];
  /** Row by row, float32, all finite. */
  readonly values: Float32Array;
}

/**
 * Flattens numbers into one table; a plain list of numbers becomes one column.
 *
 * @param field for the messages, such as `examples.train.inputs`.
 * @throws {InputError} if lists differ in length, or a value is not a finite number.
 */
export function flattenNumbers(numbers: Numbers, field: string): NumberTable {
  if (typeof numbers !== "object" || numbers === null) throw noNumbers(field, numbers);
  const { shape, values: flat } = isTensor(numbers)
    ? { shape: numbers.shape, values: Float32Array.from(numbers.dataSync()) }
    : "shape" in numbers
      ? readShaped(numbers, field)
      : readNested(numbers, field);
  if (flat.length === 0 || shape.length === 0) throw noNumbers(field, numbers);
  const bad = flat.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new InputError({
      code: "not-finite",
      field,
      message: `must be finite numbers, and is none in ${placeOf(bad, shape)} (from 0); clean the data`,
      got: flat[bad],
    });
  return { shape: shape.length === 1 ? [...shape, 1] : shape, values: flat };
}

/** Names the example of a number, and where in the example it stands if that has several numbers. */
function placeOf(index: number, [, ...row]: readonly number[]): string {
  const size = row.reduce((product, side) => product * side, 1);
  const example = `example ${Math.floor(index / size)}`;
  if (size === 1) return example;
  const places = row.map((side, axis) => {
    const inner = row.slice(axis + 1).reduce((product, one) => product * one, 1);
    return Math.floor((index % size) / inner) % side;
  });
  return `${example}, ${row.length === 1 ? "column" : "place"} ${places.join(", ")}`;
}

/** Whether a value is a tensor of TensorFlow.js, even from another installed copy of it. */
export function isTensor(data: unknown): data is Tensor {
  return typeof data === "object" && data !== null && "dtype" in data && "dataId" in data;
}

/** Reads numbers with a shape. It checks their count first, since a shape may ask for more memory than there is. */
function readShaped({ shape, values }: ShapedNumbers, field: string): NumberTable {
  if (!isList(shape) || !Array.from(shape).every((side) => Number.isInteger(side) && side >= 1))
    throw new InputError({
      code: "invalid-value",
      field: `${field}.shape`,
      message: "must be a list of whole numbers of at least 1, the examples first; correct it",
      got: shape,
    });
  if (!isList(values)) throw noNumbers(`${field}.values`, values);
  const size = shape.reduce((product, side) => product * side, 1);
  if (values.length !== size)
    throw new InputError({
      code: "conflict",
      field,
      message: `must hold as many values as its shape [${shape.join(", ")}] says, ${size}; correct one of them`,
      got: values.length,
    });
  const bad = Array.prototype.findIndex.call(values, (value: unknown) => typeof value !== "number");
  if (bad >= 0) throw noNumbers(`${field}.values`, values[bad]);
  return { shape: [...shape], values: Float32Array.from(values) };
}

function readNested(numbers: NestedNumbers, field: string): NumberTable {
  const shape = shapeOf(numbers, field);
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  fill(numbers, shape, values, 0, field);
  return { shape, values };
}

function shapeOf(numbers: NestedNumbers, field: string): number[] {
  const shape: number[] = [];
  let inner: unknown = numbers;
  while (isList(inner)) {
    shape.push(inner.length);
    inner = inner[0];
  }
  if (shape.length === 0 || shape.includes(0)) throw noNumbers(field, numbers);
  return shape;
}

function fill(
  numbers: NestedNumbers | number,
  shape: readonly number[],
  flat: Float32Array,
  offset: number,
  field: string,
): void {
  const [side, ...rest] = shape;
  if (side === undefined) {
    if (typeof numbers !== "number") throw noNumbers(field, numbers);
    flat[offset] = numbers;
    return;
  }
  if (!isList(numbers) || numbers.length !== side)
    throw new InputError({
      code: "conflict",
      field,
      message: `must be lists of one length at each depth, here [${shape.join(", ")}] as in the first; correct it`,
      got: isList(numbers) ? `${numbers.length} numbers` : numbers,
    });
  const step = rest.reduce((product, inner) => product * inner, 1);
  for (let index = 0; index < side; index++)
    fill(numbers[index] as NestedNumbers, rest, flat, offset + index * step, field);
}

/** Whether a value is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function isEmptyList(value: unknown): boolean {
  return isList(value) && value.length === 0;
}

function noNumbers(field: string, got: unknown): InputError {
  return new InputError({
    code: "invalid-value",
    field,
    message: "must be lists of numbers, a tensor, or a shape and its values",
    got: isEmptyList(got) ? "an empty list" : got,
  });
}
