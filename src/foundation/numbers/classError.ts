import { largestOf } from "./extremes.ts";

type Numbers = Float32Array | Float64Array;

/** Wrong predictions of classes, and those of always predicting the most common class. */
export interface ClassErrors {
  readonly wrong: number;
  readonly wrongOfCommonest: number;
  /** Predictions of a class. */
  readonly all: number;
}

/** The share of right classes, beside the share that always naming the most common class gets right. */
export interface ClassShares {
  readonly accuracy: number;
  readonly commonest: number;
}

/**
 * Counts wrong classes.
 *
 * @param predictions `[examples, outputs]`: one output means class 1 from 0.5, more mean the greatest.
 * @param targets of the same shape, 0 or 1 or one-hot.
 */
export function countErrors(predictions: Numbers, targets: Numbers, outputs: number): ClassErrors {
  const wanted = classesOfRows(targets, outputs);
  const got = classesOfRows(predictions, outputs);
  const counts = new Map<number, number>();
  for (const label of wanted) counts.set(label, (counts.get(label) ?? 0) + 1);
  return {
    wrong: wanted.filter((label, row) => label !== got[row]).length,
    wrongOfCommonest: wanted.length - largestOf(counts.values()),
    all: wanted.length,
  };
}

/**
 * Does the same for labels that may hold together; a label's most common value is 0 or 1.
 *
 * @param predictions `[examples, labels]`: a label holds from 0.5.
 * @param targets of the same shape, 0 or 1.
 */
export function countLabelErrors(predictions: Numbers, targets: Numbers, labels: number): ClassErrors {
  const examples = targets.length / labels;
  const ones = new Array<number>(labels).fill(0);
  let wrong = 0;
  targets.forEach((target, index) => {
    ones[index % labels] = (ones[index % labels] as number) + target;
    if (((predictions[index] as number) >= 0.5 ? 1 : 0) !== target) wrong++;
  });
  const wrongOfCommonest = ones.reduce((sum, count) => sum + Math.min(count, examples - count), 0);
  return { wrong, wrongOfCommonest, all: targets.length };
}

/** Returns the wrong classes over those of the most common class; null where all examples are of one class. */
export function overPrior({ wrong, wrongOfCommonest }: ClassErrors): number | null {
  return wrongOfCommonest === 0 ? null : wrong / wrongOfCommonest;
}

/** Turns counts of errors into shares of right classes. */
export function sharesOf({ wrong, wrongOfCommonest, all }: ClassErrors): ClassShares {
  return { accuracy: 1 - wrong / all, commonest: 1 - wrongOfCommonest / all };
}

/** Numbers the class of each row of a table `[examples, outputs]`: of one output 1 from 0.5, of more the greatest. */
export function classesOfRows(table: Numbers, outputs: number): number[] {
  return Array.from({ length: table.length / outputs }, (_, row) => {
    if (outputs === 1) return (table[row] as number) >= 0.5 ? 1 : 0;
    const scores = table.subarray(row * outputs, (row + 1) * outputs);
    return scores.indexOf(largestOf(scores));
  });
}
