import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { DataFinding } from "./dataFinding.ts";
import { findFarEnds, RANGES } from "./farEnds.ts";
import { nameColumn, nameRows, rowNumbersOf } from "./rowNames.ts";

/** A column with fewer different numbers holds categories, of which one may be rare. */
const LEAST_DISTINCT = 10;
/** At most this share of the rows may be outliers of a column. */
const MOST_SHARE = 0.01;
const MOST_COLUMNS = 1024;

/** Finds single numbers far away from all the others of their column. */
export function findOutliers(train: Examples): DataFinding[] {
  const columns = train.inputs.length / train.count;
  if (train.inputShape.length !== 1 || columns > MOST_COLUMNS || train.count < 30) return [];
  return Array.from({ length: columns }, (_, column) => column).flatMap((column) => {
    const rows = outliersOf(train, column);
    if (rows.length === 0) return [];
    const values = rows.map((row) => printNumber(train.inputs[row * columns + column] as number));
    const name = nameColumn(train, column);
    return [
      {
        kind: "outliers" as const,
        claim: `look at ${name} in ${nameRows(train, rows)}: ${[...new Set(values)].slice(0, 5).join(", ")} is over ${RANGES} times the range of all other rows away from them`,
        rows: rowNumbersOf(train, rows),
        set: "train" as const,
        column: name,
      },
    ];
  });
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
