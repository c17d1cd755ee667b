// Converts classes to the form that a model is trained on: 0 or 1 for one output, one-hot along the last axis for more.

import { InputError } from "../../../foundation/input/inputError.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { areWholeNumbers, numberedClasses } from "./classNumbers.ts";
import { andThen, type Soon } from "./later.ts";

/** Targets as a model is trained on them. */
export interface Labels extends NumberTable {
  /** Whether each number is a label of its own, of which several may hold. @defaultValue false */
  readonly severalLabels?: boolean;
  /** Whether they are one-hot rows where the loss asks for class numbers. @defaultValue false */
  readonly areMisread?: boolean;
  /** The class numbers that were given, in ascending order, where units do not stand for all of them. */
  readonly classNumbers?: readonly number[];
}

type Shape = readonly (number | null)[];

/** How the loss reads the targets of an output. */
export interface LabelUse {
  /**
   * Whether targets of 0 and 1 that are not one-hot are labels that may hold together, as they are for a loss that asks
   * each output by itself.
   *
   * @defaultValue false
   */
  readonly mayHoldSeveral?: boolean;
  /** Whether the loss asks for class numbers. @defaultValue false */
  readonly wantsNumbers?: boolean;
}

/**
 * Converts class numbers to one-hot rows, with a column for each unit of the model or for each class that is named, if
 * those are more. Targets of several positions, such
 * as the pixels of an image, have a class at each.
 *
 * @param shapeOf finds the shape of the model's output for one example, which targets that are not one-hot leave open.
 * @throws {InputError} if the targets do not give exactly one class at each place.
 */
export function readLabels(
  targets: NumberTable,
  shapeOf: () => Soon<Shape>,
  field: string,
  { mayHoldSeveral = false, wantsNumbers = false }: LabelUse = {},
): Soon<Labels> {
  const row = targets.shape.slice(1);
  const isRow = row.length === 1 && (row[0] as number) > 1;
  if (isRow && !wantsNumbers && areOneHot(targets)) return targets;
  return andThen(shapeOf(), (shape) => {
    const classes = shape.at(-1) ?? 1;
    const areNumbered = isSingle(row) || areNumbersFor(row, shape);
    if (areNumbered && (classes > 1 || (areWholeNumbers(targets) && !areBinary(targets))))
      return numberedClasses(targets, classes, field);
    if (isRow || (row.length === shape.length && (row.at(-1) as number) > 1)) {
      if (mayHoldSeveral && !areOneHot(targets) && areBinary(targets))
        return { ...targets, severalLabels: true };
      refuseNotOneHot(targets, field);
      return wantsNumbers ? { ...targets, areMisread: true } : targets;
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
  throw new InputError({
    code: "invalid-value",
    field,
    message:
      "must be 0 or 1 for a model of one output, or class numbers; correct them, or leave classification out",
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
