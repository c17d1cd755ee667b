import { printNumber } from "../../../foundation/print/printNumber.ts";
import { type ExampleSet, type Examples, gather } from "../../../learning/subject/examples.ts";
import type { DataFinding } from "./dataFinding.ts";
import { findFarEnds, RANGES } from "./farEnds.ts";
import { nameColumn, nameRows, rowNumbersOf } from "./rowNames.ts";

/** A column with fewer different numbers holds categories, of which one may be rare. */
const LEAST_DISTINCT = 10;
/** At most this share of the rows may be outliers of a column. */
const MOST_SHARE = 0.01;
const MOST_COLUMNS = 1024;

/** Finds single numbers far away from all the others of their column. */
export function findOutliers(examples: Examples, set: ExampleSet): DataFinding[] {
  const columns = examples.inputs.length / examples.count;
  return columnsWithOutliers(examples).map(({ column, rows }) => {
    const values = rows.map((row) => printNumber(examples.inputs[row * columns + column] as number));
    const name = nameColumn(examples, column);
    return {
      kind: "outliers" as const,
      claim: `look at ${name} in ${nameRows(examples, rows)}: ${[...new Set(values)].slice(0, 5).join(", ")} is over ${RANGES} times the range of all other rows away from them`,
      rows: rowNumbersOf(examples, rows),
      set,
      column: name,
    };
  });
}

/** Returns the examples without the rows that are outliers of some column. */
export function withoutOutliers(examples: Examples): Examples {
  const out = new Set(columnsWithOutliers(examples).flatMap(({ rows }) => rows));
  if (out.size === 0) return examples;
  const kept = Array.from({ length: examples.count }, (_, row) => row).filter((row) => !out.has(row));
  return gather(examples, kept);
}

function columnsWithOutliers(examples: Examples): { column: number; rows: readonly number[] }[] {
  const columns = examples.inputs.length / examples.count;
  if (examples.inputShape.length !== 1 || columns > MOST_COLUMNS || examples.count < 30) return [];
  return Array.from({ length: columns }, (_, column) => ({
    column,
    rows: outliersOf(examples, column),
  })).filter(({ rows }) => rows.length > 0);
}

function outliersOf({ inputs, count }: Examples, column: number): number[] {
  const columns = inputs.length / count;
  const at = (row: number) => inputs[row * columns + column] as number;
  const sorted = new Float32Array(count).map((_, row) => at(row)).sort();
  if (!hasDistinct(sorted, LEAST_DISTINCT)) return [];
  const { low, high } = findFarEnds(sorted, Math.max(1, Math.floor(MOST_SHARE * count)));
  if (low + high === 0) return [];
  const highest = low > 0 ? (sorted[low - 1] as number) : Number.NEGATIVE_INFINITY;
  const lowest = high > 0 ? (sorted[count - high] as number) : Number.POSITIVE_INFINITY;
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (at(row) <= highest || at(row) >= lowest) rows.push(row);
  return rows.sort((a, b) => at(a) - at(b));
}

/** Whether sorted numbers hold so many different ones. */
function hasDistinct(sorted: Float32Array, least: number): boolean {
  let distinct = 1;
  for (let place = 1; place < sorted.length && distinct < least; place++)
    if (sorted[place] !== sorted[place - 1]) distinct++;
  return distinct >= least;
}
