// Converts classes to the form that a model is trained on: 0 or 1 for one output, one-hot along the last axis for more.

import { InputError } from "../../../foundation/input/inputError.ts";
import { oneHotAt } from "../compiled/tables.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { andThen, type Soon } from "./later.ts";

/** Targets as a model is trained on them. */
export interface Labels extends NumberTable {
  /** Whether each number is a label of its own, of which several may hold. @defaultValue false */
  readonly severalLabels?: boolean;
}

type Shape = readonly (number | null)[];

/**
 * Converts class numbers to one-hot rows, with a column for each unit of the model or for each class that is named, if
 * those are more. Targets of several positions, such
 * as the pixels of an image, have a class at each.
 *
 * @param shapeOf finds the shape of the model's output for one example, which targets that are not one-hot leave open.
 * @param mayHoldSeveral whether targets of 0 and 1 that are not one-hot are labels that may hold together, as they are
 * for a loss that asks each output by itself.
 * @throws {InputError} if the targets do not give exactly one class at each place.
 */
export function readLabels(
  targets: NumberTable,
  shapeOf: () => Soon<Shape>,
  field: string,
  mayHoldSeveral = false,
): Soon<Labels> {
  const row = targets.shape.slice(1);
  const isRow = row.length === 1 && (row[0] as number) > 1;
  if (isRow && areOneHot(targets)) return targets;
  return andThen(shapeOf(), (shape) => {
    const classes = shape.at(-1) ?? 1;
    if (classes > 1 && isSingle(row)) return oneHotAt(targets, Math.max(classes, namedBy(targets)), field);
    if (classes > 1 && areNumbersFor(row, shape)) return oneHotAt(targets, classes, field);
    if (isRow || (row.length === shape.length && (row.at(-1) as number) > 1)) {
      if (mayHoldSeveral && !areOneHot(targets) && areBinary(targets))
        return { ...targets, severalLabels: true };
      refuseNotOneHot(targets, field);
      return targets;
    }
    return classes === 1 ? refuseNotBinary(targets, field) : targets;
  });
}

/** Whether every number is 0 or 1. */
export function areBinary({ values }: Pick<NumberTable, "values">): boolean {
  return values.every((value) => value === 0 || value === 1);
}

/** Whether every place has a single 1 among zeros along the last axis. */
export function areOneHot(targets: NumberTable): boolean {
  return notOneHot(targets) === null;
}

/** More classes than this are a mistake in the labels, not in the model. */
const MOST_CLASSES = 1000;

/**
 * Returns how many classes whole numbers from 0 name: one more than the largest; 0 if they are anything else. A model with
 * fewer units does not fit them.
 */
function namedBy({ values }: NumberTable): number {
  const most = values.reduce((found, value) => Math.max(found, value), 0);
  const areNumbers = values.every((value) => Number.isInteger(value) && value >= 0);
  return areNumbers && most < MOST_CLASSES ? most + 1 : 0;
}

/** Whether each example has one number. */
function isSingle(row: readonly number[]): boolean {
  return row.length === 0 || (row.length === 1 && row[0] === 1);
}

/** Whether rows hold a class number for each position of the output. */
function areNumbersFor(row: readonly number[], shape: Shape): boolean {
  const positions = shape.slice(0, -1);
  const own = row.length === positions.length ? row : row.at(-1) === 1 ? row.slice(0, -1) : null;
  return (
    own?.length === positions.length &&
    own.every((side, axis) => positions[axis] === null || positions[axis] === side)
  );
}

function refuseNotBinary(targets: NumberTable, field: string): NumberTable {
  const bad = targets.values.find((value) => value !== 0 && value !== 1);
  if (bad === undefined) return targets;
  const highest = targets.values.reduce((most, value) => Math.max(most, value), 0);
  throw new InputError({
    code: "invalid-value",
    field,
    message: Number.isInteger(highest)
      ? `must be 0 or 1 for a model of one output: these are class numbers up to ${highest}; give the model ${highest + 1} units with softmax and the loss categoricalCrossentropy, and they are made one-hot`
      : "must be 0 or 1 for a model of one output; correct them, or leave classification out",
    got: bad,
  });
}

/** Returns the first place whose last axis is not a single 1 among zeros; null if there is none. */
function notOneHot({ shape, values }: NumberTable): { place: number; labels: Float32Array } | null {
  const classes = shape.at(-1) as number;
  for (let place = 0; place * classes < values.length; place++) {
    const labels = values.subarray(place * classes, (place + 1) * classes);
    const ones = labels.filter((label) => label === 1).length;
    if (ones !== 1 || !labels.every((label) => label === 0 || label === 1)) return { place, labels };
  }
  return null;
}

function refuseNotOneHot(targets: NumberTable, field: string): void {
  const bad = notOneHot(targets);
  if (bad === null) return;
  const { shape, values } = targets;
  const row = Math.floor((bad.place * bad.labels.length) / (values.length / (shape[0] as number)));
  throw new InputError({
    code: "invalid-value",
    field,
    message: `must hold a single 1 among zeros in each row, as classes do (row ${row}, from 0, does not); labels that may hold together are 0 or 1 each, with sigmoid and binaryCrossentropy`,
    got: Array.from(bad.labels),
  });
}
