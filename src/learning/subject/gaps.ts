import type { Examples } from "./examples.ts";

/** Numbers that are missing from the training examples of a program, which are filled where the data are described. */
export interface Gaps {
  /** Training examples, as the program gives them. */
  readonly count: number;
  /** The examples that have a gap, in ascending order. */
  readonly rows: Int32Array;
  /** Where they are, such as `column 9 of the inputs`: a list for a sentence. */
  readonly where: string;
}

/**
 * Puts the gaps back into the examples that a run is trained on, as targets that are not finite: with one of them, a loss is NaN.
 *
 * @returns the examples themselves where they are others than those with the gaps.
 */
export function withGaps(train: Examples, gaps: Gaps | undefined): Examples {
  if (gaps === undefined || gaps.count !== train.count) return train;
  const open = (table: Float32Array) => {
    const columns = table.length / train.count;
    const copy = table.slice();
    for (const row of gaps.rows) copy.fill(Number.NaN, row * columns, (row + 1) * columns);
    return copy;
  };
  return {
    ...train,
    targets: open(train.targets),
    ...(train.ownTargets && { ownTargets: open(train.ownTargets) }),
  };
}
