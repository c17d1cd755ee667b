import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { gather } from "../../../learning/subject/examples.ts";
import { sampleIndices } from "../../../learning/subject/sample.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { evaluateAtOnce, largestDifference, relativeTo } from "./evaluate.ts";
import type { FreshModel } from "./freshModel.ts";

/** The most examples in the batch whose outputs are compared. */
const BATCH = 8;

/**
 * Measures how far the outputs of an example change with the other examples of its batch, in evaluation mode: half of a
 * batch is exchanged, the batch is turned round, and one example stands alone.
 *
 * @param isNoisy whether evaluation draws random numbers: then only the exchange compares like with like.
 * @returns the largest difference relative to the largest output; null where there is no second example.
 */
export async function measureSeparation(
  { model, subject: { train, seed } }: FreshModel,
  isNoisy: boolean,
): Promise<number | null> {
  const size = Math.min(BATCH, train.count, mostAtOnce(model, BATCH, train));
  if (size < 2) return null;
  const rows = sampleIndices(train.count, seed, 2 * size);
  const whole = rows.slice(0, size);
  const kept = Math.ceil(size / 2);
  const answersTo = (indices: readonly number[]) => evaluateAtOnce(model, gather(train, indices));
  const before = await answersTo(whole);
  const differs = (answers: Float32Array, placeOf: (row: number) => number, count: number) =>
    Array.from({ length: count }, (_, row) =>
      largestDifference(rowOf(before, row, train.outputs), rowOf(answers, placeOf(row), train.outputs)),
    );
  const exchanged = [...whole.slice(0, kept), ...exchange(whole, rows.slice(size), kept)];
  const differences = differs(await answersTo(exchanged), (row) => row, kept);
  if (!isNoisy) {
    differences.push(...differs(await answersTo([...whole].reverse()), (row) => size - 1 - row, size));
    differences.push(...differs(await answersTo(whole.slice(0, 1)), (row) => row, 1));
  }
  return relativeTo(before, largestOf(differences));
}

/** Returns what takes the place of the rows from `kept` on: other examples, or the first one where there are no others. */
function exchange(whole: readonly number[], others: readonly number[], kept: number): number[] {
  return whole.slice(kept).map((_, place) => others[place] ?? (whole[0] as number));
}

function rowOf(table: Float32Array, row: number, columns: number): Float32Array {
  return table.subarray(row * columns, (row + 1) * columns);
}
