import type { Table } from "../../../foundation/files/table/readTable.ts";

/** What a network is to learn of a column: a number, or one of several classes. */
export const tasks = ["regression", "classification"] as const;
export type Task = (typeof tasks)[number];

/** Class numbers that are written from 0 without a gap are taken for classes up to this many. */
const MOST_NUMBERED = 20;

/** Whether most cells of a column are no numbers. A few are more likely missing values. */
export function isMostlyWords(table: Table, column: string): boolean {
  let words = 0;
  for (const value of valuesOf(table, column)) if (Number.isNaN(value)) words++;
  return words > table.rows / 2;
}

/** Guesses from the targets whether they are classes, and says why. */
export function guessTask(table: Table, targets: readonly string[]): { task: Task; why: string } {
  const [column, ...more] = targets;
  if (column === undefined || more.length > 0)
    return { task: "regression", why: "classes are a single column" };
  if (isMostlyWords(table, column)) return { task: "classification", why: "it holds words" };
  const values = new Set<number>();
  for (const value of valuesOf(table, column)) {
    if (!Number.isNaN(value)) values.add(value);
    if (values.size > MOST_NUMBERED)
      return { task: "regression", why: `it holds more than ${MOST_NUMBERED} different numbers` };
  }
  if (values.size === 2) return { task: "classification", why: "it holds two different numbers" };
  const isNumbered = values.size > 2 && [...values].sort((a, b) => a - b).every((value, at) => value === at);
  if (isNumbered) return { task: "classification", why: `it holds the numbers from 0 to ${values.size - 1}` };
  return { task: "regression", why: "its numbers are not those of classes, which count from 0" };
}

function* valuesOf({ numbers, places, columns, rows }: Table, column: string): Generator<number> {
  const place = places.get(column) as number;
  for (let row = 0; row < rows; row++) yield numbers[row * columns.length + place] as number;
}
