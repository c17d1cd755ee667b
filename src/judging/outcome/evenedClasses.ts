// Weights that make up for rare classes ask a run for something else than few wrong answers: it gives up many answers of
// the commonest class for a few of the rare one. Such a run is judged by the same weights.

import { type ClassErrors, classesOfRows } from "../../foundation/numbers/classError.ts";
import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import {
  classesOf,
  type Placed,
  type TargetPart,
  targetParts,
  withOutput,
} from "../../learning/subject/parts.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";

/** How much an answer of each class counts, by the class's number; by the name of the output. */
export type EvenedClasses = ReadonlyMap<string, readonly number[]>;

/**
 * Reads what the examples of each class weigh on average, for each output whose weights even its classes out.
 *
 * Weights that make the commonest class still commoner, or another class as common, say nothing about what is meant:
 * they are left out, and the run is judged by all answers alike.
 */
export function evenedClasses(train: Examples): EvenedClasses {
  if (train.weights === undefined) return new Map();
  return new Map(
    targetParts(train).flatMap((part): [string, readonly number[]][] => {
      if (!part.classification || part.severalLabels) return [];
      const weights = weightsOfClasses(train, part);
      return weights === null ? [] : [[part.name, weights]];
    }),
  );
}

function weightsOfClasses(train: Examples, part: Placed<TargetPart>): readonly number[] | null {
  const { weights = new Float32Array(), count } = train;
  const answers = classesOfRows(withOutput(train, part).targets, classesOf(part));
  if (answers.length !== count) return null;
  const each = weights.length / count;
  const counts = new Array<number>(Math.max(2, classesOf(part))).fill(0);
  const sums = [...counts];
  answers.forEach((answer, row) => {
    counts[answer] = (counts[answer] as number) + 1;
    sums[answer] = (sums[answer] as number) + (weights[row * each + part.index] as number);
  });
  if (!(shareOfCommonest(sums) < shareOfCommonest(counts))) return null;
  return sums.map((sum, answer) => (sum === 0 ? 0 : sum / (counts[answer] as number)));
}

function shareOfCommonest(sizes: readonly number[]): number {
  return largestOf(sizes) / sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Returns the wrong classes over those of always naming the commonest class; where weights even the classes out, each
 * answer counts by the weight of its class if that leaves less. Null where `errorOverPrior` is.
 */
export function errorOfClasses(
  { name, shape, errorOverPrior, predictions, targets }: OutputEvaluation,
  evened: EvenedClasses | undefined,
): number | null {
  const weights = evened?.get(name);
  if (weights === undefined || errorOverPrior === null) return errorOverPrior;
  const classes = shape.at(-1) ?? 1;
  const wanted = classesOfRows(targets, classes);
  const got = classesOfRows(predictions, classes);
  const sizes = weights.map(() => 0);
  let wrong = 0;
  wanted.forEach((answer, row) => {
    const weight = weights[answer] as number;
    sizes[answer] = (sizes[answer] as number) + weight;
    if (answer !== got[row]) wrong += weight;
  });
  const wrongOfCommonest = sizes.reduce((sum, size) => sum + size, 0) - largestOf(sizes);
  return wrongOfCommonest === 0 ? errorOverPrior : Math.min(errorOverPrior, wrong / wrongOfCommonest);
}

/**
 * Counts wrong classes by the weights of the classes, where probabilities stand in a table that knew of no weights: each row is
 * answered by the class whose probability times its weight is the greatest.
 */
export function countEvened(
  probabilities: Float32Array | Float64Array,
  targets: Float32Array | Float64Array,
  outputs: number,
  weights: readonly number[],
): ClassErrors {
  const wanted = classesOfRows(targets, outputs);
  const sizes = weights.map(() => 0);
  let wrong = 0;
  for (const [row, answer] of wanted.entries()) {
    const weight = weights[answer] as number;
    sizes[answer] = (sizes[answer] as number) + weight;
    if (answerByWeight(probabilities, row, outputs, weights) !== answer) wrong += weight;
  }
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return { wrong, wrongOfCommonest: all - largestOf(sizes), all };
}

function answerByWeight(
  probabilities: Float32Array | Float64Array,
  row: number,
  outputs: number,
  weights: readonly number[],
): number {
  const own = probabilities.subarray(row * outputs, (row + 1) * outputs);
  const first = own[0] as number;
  const each = outputs === 1 ? [1 - first, first] : [...own];
  const weighed = each.map((probability, answer) => probability * (weights[answer] as number));
  return weighed.indexOf(largestOf(weighed));
}
