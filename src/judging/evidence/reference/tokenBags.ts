// A reference for rows of tokens that have one target each, such as reviews: which words a row holds, and how often, in whatever
// order. Ridge regressions on these counts are what a network reaches that adds up what single words say.

import { linearFeatures } from "../../../foundation/numbers/randomFeatures.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { type CountWrong, type Fold, type FoldErrors, foldErrors, takeEvenly } from "./crossValidation.ts";

/** The commonest tokens are counted, no more than these: the work grows with their square. */
const MOST_COUNTED = 160;
/** With fewer rows for each token, a regression learns the rows by heart. */
const ROWS_PER_TOKEN = 10;
const MOST_ROWS = 4000;

/**
 * Predicts each fifth of the rows from the others by how often each row holds each of the commonest tokens.
 *
 * @param examples rows of tokens, with one target each.
 * @param count null where the targets are numbers.
 */
export function bagErrors(examples: Examples, count: CountWrong | null): readonly FoldErrors[] {
  const length = examples.inputs.length / examples.count;
  const fold = takeEvenly(examples, length, MOST_ROWS);
  const columns = commonestTokens(
    fold.inputs,
    Math.min(MOST_COUNTED, Math.floor(fold.rows / ROWS_PER_TOKEN)),
  );
  if (columns.size === 0) return [];
  return foldErrors(linearFeatures(countTokens(fold, length, columns), fold.rows, columns.size), fold, count);
}

/** Gives each of the commonest tokens a column, by how many there are. */
function commonestTokens(tokens: Float64Array, most: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  const commonest = [...counts].sort(([a, many], [b, more]) => more - many || a - b).slice(0, most);
  return new Map(commonest.map(([token], column) => [token, column]));
}

function countTokens(
  { inputs, rows }: Fold,
  length: number,
  columns: ReadonlyMap<number, number>,
): Float64Array {
  const table = new Float64Array(rows * columns.size);
  inputs.forEach((token, at) => {
    const column = columns.get(token);
    if (column === undefined) return;
    const place = Math.floor(at / length) * columns.size + column;
    table[place] = (table[place] as number) + 1;
  });
  return table;
}
