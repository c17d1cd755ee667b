// A reference for tables whose rows name two things, such as a user and a film: what each of them gets on the average, and how
// factors of both go together. Regressions on the names themselves say nothing. The factors are fitted by turns, those of
// one side by ridge regressions on those of the other (alternating least squares).

import { seedStream } from "../../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../foundation/random/shuffle.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { type CountWrong, errorsOf, type Fold, type FoldErrors, takeEvenly } from "./crossValidation.ts";
import { normalEquations, solveRidge } from "./solveRidge.ts";

const FOLDS = 5;
const ROUNDS = 8;
/** Numbers of factors beside the average of each name, and how many ratings the guess of no factors counts for. */
const FACTORS = [0, 2, 4];
const RIDGES = [2, 8];
const MOST_ROWS = 10_000;
/** A side with fewer names is a category, with more than so many for each row it is hardly seen twice. */
const FEWEST_NAMES = 10;
const ROWS_OF_A_NAME = 4;

/** Names of the two things in each row, numbered from 0. */
interface Named {
  readonly names: readonly [Int32Array, Int32Array];
  readonly counts: readonly [number, number];
}

/**
 * Predicts each fifth of the rows from the others.
 *
 * @param count null where the targets are numbers.
 * @returns none where the rows are not two names with one number each.
 */
export function ratingErrors(examples: Examples, count: CountWrong | null): readonly FoldErrors[] {
  const columns = examples.inputs.length / examples.count;
  if (columns !== 2 || examples.outputs !== 1) return [];
  const fold = takeEvenly(examples, columns, MOST_ROWS);
  const column = (place: number) => fold.inputs.filter((_, at) => at % columns === place);
  const named = nameRows(column(0), column(1));
  if (named === null) return [];
  return FACTORS.flatMap((factors) =>
    (factors === 0 ? RIDGES.slice(0, 1) : RIDGES).map((ridge) =>
      errorsOf(predictFolds(named, fold, factors, ridge), fold, count),
    ),
  );
}

function nameRows(first: Float64Array, second: Float64Array): Named | null {
  const [a, b] = [numberNames(first), numberNames(second)];
  return a && b && { names: [a.names, b.names], counts: [a.count, b.count] };
}

function numberNames(column: Float64Array): { names: Int32Array; count: number } | null {
  const numbers = new Map<number, number>();
  const names = Int32Array.from(column, (value) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
  const areNames = [...numbers.keys()].every((value) => Number.isInteger(value) && value >= 0);
  const count = numbers.size;
  return areNames && count >= FEWEST_NAMES && count * ROWS_OF_A_NAME <= column.length
    ? { names, count }
    : null;
}

function predictFolds(named: Named, fold: Fold, factors: number, ridge: number): Float64Array {
  const order = Array.from(shuffledIndices(fold.rows, seedStream(1, "attainable/ratings")));
  const predictions = new Float64Array(fold.rows);
  for (let left = 0; left < FOLDS; left++) {
    const known = order.filter((_, place) => place % FOLDS !== left);
    const predict = fitNames(named, fold, known, factors, ridge);
    for (let at = left; at < fold.rows; at += FOLDS) {
      const row = order[at] as number;
      predictions[row] = predict(row);
    }
  }
  return predictions;
}

/** Fits averages and factors to the known rows. A name's own average stands before its factors. */
function fitNames(
  { names, counts }: Named,
  { targets }: Fold,
  known: readonly number[],
  factors: number,
  ridge: number,
): (row: number) => number {
  const width = factors + 1;
  const mean = known.reduce((sum, row) => sum + (targets[row] as number) / known.length, 0);
  const random = seedStream(2, "attainable/ratings");
  const tables = counts.map((count) =>
    Float64Array.from({ length: count * width }, (_, at) => (at % width === 0 ? 0 : random.uniform() - 0.5)),
  ) as [Float64Array, Float64Array];
  const rowsOf = ([0, 1] as const).map((side) => rowsByName(names[side], counts[side], known));
  for (let round = 0; round < ROUNDS; round++)
    for (const side of [0, 1] as const) {
      const [own, other] = [tables[side], tables[1 - side] as Float64Array];
      for (const [name, rows] of (rowsOf[side] as readonly number[][]).entries()) {
        const values = new Float64Array(rows.length * width);
        const rest = new Float64Array(rows.length);
        for (const [at, row] of rows.entries()) {
          const start = ((names[1 - side] as Int32Array)[row] as number) * width;
          values[at * width] = 1;
          for (let factor = 1; factor < width; factor++)
            values[at * width + factor] = other[start + factor] as number;
          rest[at] = (targets[row] as number) - mean - (other[start] as number);
        }
        own.set(solve(values, rest, width, ridge), name * width);
      }
    }
  return (row) => {
    const [a, b] = names.map((side) => (side[row] as number) * width) as [number, number];
    let sum = mean + (tables[0][a] as number) + (tables[1][b] as number);
    for (let factor = 1; factor < width; factor++)
      sum += (tables[0][a + factor] as number) * (tables[1][b + factor] as number);
    return sum;
  };
}

function rowsByName(names: Int32Array, count: number, known: readonly number[]): number[][] {
  const rows = Array.from({ length: count }, (): number[] => []);
  for (const row of known) rows[names[row] as number]?.push(row);
  return rows;
}

function solve(values: Float64Array, rest: Float64Array, width: number, ridge: number): Float64Array {
  const fold: Fold = { rows: rest.length, inputs: values, targets: rest, outputs: 1 };
  return solveRidge(normalEquations({ values, width }, fold, rest.keys()), ridge);
}
