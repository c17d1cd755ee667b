// Labels need not be called 0 and 1, and a loss for quantities may fit them: tags of 0.2 and 0.8 under a squared error, sides
// of −1 and 1, a mask of 0 and 255. What such a network is for is the side of the middle on which an answer lies. Its squared
// error tells little of that: of rare labels a large share of Var(Y) is left long after nearly every answer is right.

import {
  type ClassErrors,
  countErrors,
  countLabelErrors,
  overPrior,
} from "../../foundation/numbers/classError.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import { twoValuesOf } from "../evidence/targets/twoValues.ts";
import { FEW_ERRORS } from "./learntClasses.ts";

/** Says what {@link errorOfDecisions} is. */
export const WRONG_SIDES = "answers on the wrong side / those of the commoner side";

/** The answers vary by this share of what the labels do at least, or the run has collapsed by the default of the verdict. */
const APART = 0.05;

/** What decisions are counted in. */
type Decided = Pick<
  OutputEvaluation,
  "classification" | "measured" | "varianceRatio" | "shape" | "examples" | "predictions" | "targets"
>;

/**
 * Counts the answers on the wrong side of the middle between the two values of the targets; of rows that have the upper value
 * once each, the wrong places of the greatest answer.
 *
 * @returns them over those of the best constant side; null for targets of other values, for classes, which are counted
 * anyway; where the subject's own error measure judges; and of quantities that still lie together, of which nobody asks on which
 * side of the middle they are.
 */
export function errorOfDecisions(output: Decided): number | null {
  const { classification, measured, shape, predictions, targets } = output;
  if (classification || measured !== null || (output.varianceRatio ?? 0) < APART) return null;
  const values = twoValuesOf(targets);
  if (values === null) return null;
  const [least, most] = values;
  const asShares = (table: Float32Array) => table.map((value) => (value - least) / (most - least));
  const sides = targets.map((target) => (target === most ? 1 : 0));
  return overPrior(countDecisions(asShares(predictions), sides, output, shape.at(-1) ?? 1));
}

function countDecisions(
  answers: Float32Array,
  sides: Float32Array,
  { examples }: Decided,
  last: number,
): ClassErrors {
  if (last === 1) return countErrors(answers, sides, 1);
  return haveOneEach(sides, last)
    ? countErrors(answers, sides, last)
    : countLabelErrors(answers, sides, sides.length / examples);
}

function haveOneEach(sides: Float32Array, last: number): boolean {
  for (let from = 0; from < sides.length; from += last)
    if (sides.subarray(from, from + last).filter((side) => side === 1).length !== 1) return false;
  return true;
}

/** Whether the targets are labels of two values under a loss for quantities, and the run is on the wrong side of few. */
export function learnsDecisions(output: Decided): boolean {
  const error = errorOfDecisions(output);
  return error !== null && error <= FEW_ERRORS;
}
