import type { Examples } from "../../../learning/subject/examples.ts";

/** Returns the numbers by which a person finds rows: those of the file, or the places among the examples. */
export function rowNumbersOf({ rowNumbers }: Examples, rows: readonly number[]): number[] {
  return rows.map((row) => rowNumbers?.[row] ?? row).sort((a, b) => a - b);
}

/** The most rows that a sentence names. */
const MOST_NAMED = 10;

/** Names rows in a sentence, such as `rows 17, 203 and 310` or `training example 4`. */
export function nameRows(examples: Examples, rows: readonly number[]): string {
  const numbers = rowNumbersOf(examples, rows);
  const what = examples.rowNumbers ? "row" : "training example";
  const [first] = numbers;
  if (numbers.length === 1) return `${what} ${first}`;
  const shown = numbers.slice(0, MOST_NAMED);
  const last = numbers.length > MOST_NAMED ? `${numbers.length - MOST_NAMED} more` : shown.pop();
  return `${what}s ${shown.join(", ")} and ${last}`;
}

/** The name of a column of the inputs. */
export function nameColumn({ columnNames }: Examples, column: number): string {
  return columnNames?.[column] ?? `column ${column}`;
}

/** Says how many training rows were looked at, to be put at the end of a sentence; nothing where it was all of them. */
export function nameSample({ count }: Examples, seen: number): string {
  return seen < count ? `; ${seen} of ${count} training rows were looked at, drawn at random` : "";
}
