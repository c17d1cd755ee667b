import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { DataFinding } from "./dataFinding.ts";
import { nameColumn, nameRows, rowNumbersOf } from "./rowNames.ts";

/** How many ranges of all the other numbers an outlier is away. */
const RANGES = 10;
/** The same for the logarithms of a column of positive numbers, whose few large ones may be sound. */
const RANGES_OF_LOGARITHMS = 1;
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
  const order = Array.from({ length: count }, (_, row) => row).sort((a, b) => at(a) - at(b));
  const sorted = order.map(at);
  if (new Set(sorted).size < LEAST_DISTINCT) return [];
  const most = Math.max(1, Math.floor(MOST_SHARE * count));
  const cuts = Array.from({ length: most + 1 }, (_, low) =>
    Array.from({ length: most + 1 - low }, (_, high) => ({ low, high })),
  ).flat();
  const best = cuts
    .filter(({ low, high }) => low + high > 0 && standApart(sorted, low, high))
    .sort((a, b) => b.low + b.high - (a.low + a.high))[0];
  return best ? [...order.slice(0, best.low), ...order.slice(count - best.high)] : [];
}

/** Whether the first `low` and the last `high` of sorted numbers are far from all the others. */
function standApart(sorted: readonly number[], low: number, high: number): boolean {
  const inner = sorted.slice(low, sorted.length - high);
  const outer = [sorted[low - 1], sorted[sorted.length - high]].filter(
    (value, side): value is number => value !== undefined && (side === 0 ? low : high) > 0,
  );
  if (!outer.every((value) => rangesAway(value, inner) > RANGES)) return false;
  if ((inner[0] as number) <= 0) return true;
  const logarithms = [inner[0] as number, inner.at(-1) as number].map(Math.log);
  return outer.every((value) => value <= 0 || rangesAway(Math.log(value), logarithms) > RANGES_OF_LOGARITHMS);
}

/** The distance of a number from sorted ones, in units of their range; 0 where they have none. */
function rangesAway(value: number, sorted: readonly number[]): number {
  const [least, largest] = [sorted[0] as number, sorted.at(-1) as number];
  return largest > least ? Math.max(least - value, value - largest) / (largest - least) : 0;
}
