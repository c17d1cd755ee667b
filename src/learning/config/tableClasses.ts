import type { Table } from "../../foundation/files/table/readTable.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { onceFor } from "../../foundation/onceFor.ts";

const MOST_CLASSES = 1_000;

/**
 * Lists the distinct classes in the column that a table was read with as words: numbers in numerical order, words in
 * alphabetical order. They come from the whole file, so that every part of it has the same classes.
 *
 * @throws {InputError} unless there are from 2 to 1,000.
 */
export const classesOf = onceFor(distinct);

function distinct({ words }: Table): readonly string[] {
  const classes = new Set(words);
  if (classes.size < 2 || classes.size > MOST_CLASSES)
    throw new InputError({
      code: "out-of-range",
      field: "data.targets",
      message: `must have from 2 to ${MOST_CLASSES} classes; take another column, or classification: false`,
      got: `${classes.size} of them`,
    });
  return [...classes].sort(inOrder);
}

/** Returns the number of outputs: 1 for two classes, otherwise one for each class. */
export function outputsOfClasses(classes: readonly string[]): number {
  return classes.length === 2 ? 1 : classes.length;
}

function inOrder(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference)) return difference;
  return a < b ? -1 : 1;
}
