// Reads one side of the examples, inputs or targets, which a project gives as one table or as several.

import type { Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { leastOf } from "../../../foundation/numbers/extremes.ts";
import {
  flattenNumbers,
  isTensor,
  type Numbers,
  type NumberTable,
  type ShapedNumbers,
} from "../nestedNumbers.ts";

/**
 * The inputs or the targets of examples: one table; for several inputs or outputs a list of tensors (or of
 * `{ shape, values }`) in the model's order, or an object with a table under the name of each.
 */
export type WrittenSide =
  | Numbers
  | readonly (Tensor | ShapedNumbers)[]
  | { readonly [name: string]: Numbers };

/** One table of a side, not yet given to an input or an output of the model. */
export interface GivenTable extends NumberTable {
  /** The name it was given under; null for a table without one. */
  readonly name: string | null;
  /** Its place in what the project gave, for messages. */
  readonly field: string;
  /** Whether it came as a typed array, without a shape, so that the model's shape applies. */
  readonly isFlat: boolean;
}

/** A table as the project gave it, with its name and place. */
export interface WrittenTable {
  readonly name: string | null;
  readonly field: string;
  readonly numbers: unknown;
}

/** Divides a side into its tables. */
export function tablesOf(side: unknown, field: string): WrittenTable[] {
  if (Array.isArray(side) && side.length > 0 && side.every((one) => isTensor(one) || isShaped(one)))
    return side.map((numbers, index) => ({ name: null, field: `${field}[${index}]`, numbers }));
  if (isNamed(side))
    return Object.entries(side).map(([name, numbers]) => ({ name, field: `${field}.${name}`, numbers }));
  return [{ name: null, field, numbers: side }];
}

function isShaped(one: unknown): boolean {
  return typeof one === "object" && one !== null && !Array.isArray(one) && "shape" in one;
}

/** Whether an object holds tables by name. */
function isNamed(side: unknown): side is Readonly<Record<string, unknown>> {
  if (typeof side !== "object" || side === null || isTensor(side)) return false;
  const prototype = Object.getPrototypeOf(side);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain && !isShaped(side) && !("values" in side) && Object.keys(side).length > 0;
}

/** Whether numbers are a typed array, which has no shape. */
export function isTypedArray(numbers: unknown): numbers is ArrayLike<number> {
  return ArrayBuffer.isView(numbers) && "length" in numbers;
}

/** Reads both sides. A typed array gets as many rows as there are examples. */
export function readSides(inputs: readonly WrittenTable[], targets: readonly WrittenTable[]): Sides {
  const rows = countRows(inputs, targets);
  const read = (tables: readonly WrittenTable[]) => tables.map((table) => readTable(table, rows));
  const sides = { inputs: read(inputs), targets: read(targets), count: rows };
  refuseUnequal(sides);
  return sides;
}

/** The tables of both sides. */
export interface Sides {
  readonly inputs: readonly GivenTable[];
  readonly targets: readonly GivenTable[];
  /** Rows of every table. */
  readonly count: number;
}

/**
 * Counts the examples by the first table that has a shape, targets first. If all tables are typed arrays, the shortest
 * target has one number for each example.
 */
function countRows(inputs: readonly WrittenTable[], targets: readonly WrittenTable[]): number {
  const shaped = [...targets, ...inputs].find(({ numbers }) => !isTypedArray(numbers));
  const lengths = targets.map(({ numbers }) => (isTypedArray(numbers) ? numbers.length : Number.NaN));
  if (!shaped) return leastOf(lengths);
  const rows = flattenNumbers(shaped.numbers as Numbers, shaped.field).shape[0] as number;
  // Typed targets that do not divide into the inputs' rows are as many as there are numbers.
  const [length] = lengths;
  return targets.length === 1 && length !== undefined && length % rows !== 0 && !Number.isNaN(length)
    ? length
    : rows;
}

function readTable({ name, field, numbers }: WrittenTable, rows: number): GivenTable {
  const isFlat = isTypedArray(numbers) && numbers.length !== rows;
  const written = isFlat ? inRows(numbers as ArrayLike<number>, rows, field) : (numbers as Numbers);
  return { name, field, isFlat, ...flattenNumbers(written, field) };
}

function inRows(values: ArrayLike<number>, rows: number, field: string): Numbers {
  const size = values.length / rows;
  if (Number.isInteger(size) && size > 0) return { shape: [rows, size], values };
  throw new InputError({
    code: "conflict",
    field,
    message: `must hold as many numbers for each of the ${rows} targets; correct it, or give { shape, values }`,
    got: `${values.length} numbers`,
  });
}

function refuseUnequal({ inputs, targets }: Sides): void {
  const [first] = inputs;
  if (!first) return;
  for (const table of [...inputs, ...targets]) {
    if (table.shape[0] === first.shape[0]) continue;
    const others = inputs.length === 1 ? "the inputs" : first.field;
    throw new InputError({
      code: "conflict",
      field: table.field,
      message: `must be as many as ${others}, ${first.shape[0]}; correct one of them`,
      got: table.shape[0],
    });
  }
}
