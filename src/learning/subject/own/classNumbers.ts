// Reads class numbers, as a sparse crossentropy takes them.

import { InputError } from "../../../foundation/input/inputError.ts";
import { MOST_TARGETS } from "../mostTargets.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import type { Labels } from "./labels.ts";

/** A larger class number than this and than the model's units is a mistake in the labels, not in the model. */
const MOST_CLASSES = 1000;

/** Whether every target is a whole number. */
export function areWholeNumbers({ values }: Pick<NumberTable, "values">): boolean {
  return values.every(Number.isInteger);
}

/**
 * Makes class numbers one-hot, with a column for each unit of the model, or for each class up to the largest number if
 * those are more, and one more for numbers that can be no unit's, such as -1. A model with fewer units than columns does
 * not fit the classes.
 *
 * @param targets `[examples, …]`, or the same with a last axis of 1.
 * @returns `[examples, …, columns]`.
 * @throws {InputError} for a target that is no whole number, or for too many classes.
 */
export function numberedClasses({ shape, values }: NumberTable, units: number, field: string): Labels {
  const given = [...new Set(values)].sort((one, other) => one - other);
  const bad = given.find((label) => !Number.isInteger(label));
  if (bad !== undefined) throw noClass(units, field, bad);
  const most = Math.max(MOST_CLASSES, units);
  const named = given.filter((label) => label >= 0 && label < most);
  const classes = Math.max(units, (named.at(-1) ?? -1) + 1);
  const columns = named.length < given.length ? classes + 1 : classes;
  if (given.length > most || values.length * columns > MOST_TARGETS)
    throw noClass(units, field, `${given.length} different numbers, up to ${given.at(-1)}`);
  const table = new Float32Array(values.length * columns);
  values.forEach((label, place) => {
    table[place * columns + (label >= 0 && label < classes ? label : classes)] = 1;
  });
  const places = shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  const isBeyond = columns > units;
  return { shape: [...places, columns], values: table, ...(isBeyond && { classNumbers: given }) };
}

/**
 * Numbers classes anew, from 0, in the order in which they are listed.
 *
 * @throws {InputError} for a target that is not listed.
 */
export function renumber(
  { shape, values }: NumberTable,
  classes: readonly number[],
  field: string,
): NumberTable {
  const places = new Map(classes.map((label, place) => [label, place]));
  const renumbered = values.map((label) => places.get(label) ?? Number.NaN);
  const bad = renumbered.findIndex(Number.isNaN);
  if (bad < 0) return { shape, values: renumbered };
  throw new InputError({
    code: "invalid-value",
    field,
    message: `must be among the classes that data.classes lists (${classes.slice(0, 10).join(", ")}${classes.length > 10 ? ", …" : ""}); add it there`,
    got: values[bad],
  });
}

function noClass(units: number, field: string, got: unknown): InputError {
  return new InputError({
    code: "invalid-value",
    field,
    message: `must be a class number for each example, a whole number from 0 to ${units - 1} for ${units} units; correct the labels or the model's units`,
    got,
  });
}
