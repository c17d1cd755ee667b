import { classesOfRows } from "../../foundation/numbers/classError.ts";
import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import { FEWEST } from "./commonOutputs.ts";
import { type FairThresholds, leftOfNumber } from "./fairThresholds.ts";
import { LEAST_RATIO } from "./leastRatio.ts";

/** A class of fewer of the rows, or of less than half of an equal share of them, may be given up for the others. */
const FEW_ROWS = 0.05;
const OF_EQUAL_SHARE = 0.5;

/** A class that a run answers for no row, though many rows are of it. */
export interface ForgottenClass {
  /** The number of the class, from 0. */
  readonly number: number;
  /** Var(Ŷ) / Var(Y) of its probability. */
  readonly ratio: number;
  /** The least ratio that is healthy; see `LEAST_RATIO`. */
  readonly bound: number;
}

/**
 * Returns the first class that a run never answers though it is about as common as the others and can be told from them;
 * null if there is none. Few wrong answers in all do not excuse that: one forgotten class of six leaves a fifth of the errors that
 * always naming one class makes.
 *
 * @example
 * ```ts
 * forgottenClass(run.train, thresholds)?.number; // 3: no row is answered by class 3, though a sixth of the rows are of it
 * ```
 */
export function forgottenClass(
  { outputs }: Pick<Evaluation, "outputs">,
  thresholds: Pick<FairThresholds, "attainable">,
): ForgottenClass | null {
  for (const [place, output] of outputs.entries()) {
    for (const number of neverAnswered(output)) {
      const ratio = output.varianceRatios[number];
      if (typeof ratio !== "number" || ratio >= LEAST_RATIO) continue;
      const bound = LEAST_RATIO * (1 - leftOfNumber(thresholds, place, number));
      if (ratio < bound) return { number, ratio, bound };
    }
  }
  return null;
}

/** Classes that many rows are of and that no row is answered by. One class for each row is asked, of at least three. */
function neverAnswered(output: OutputEvaluation): number[] {
  const { shape, classification, errorOverPrior, predictions, targets } = output;
  const classes = shape[0] ?? 1;
  if (!classification || errorOverPrior === null || shape.length !== 1 || classes < 3) return [];
  if (!isOneOfEach(targets, classes)) return [];
  const wanted = classesOfRows(targets, classes);
  const answered = new Set(classesOfRows(predictions, classes));
  const least = Math.max(FEWEST, wanted.length * Math.max(FEW_ROWS, OF_EQUAL_SHARE / classes));
  return Array.from({ length: classes }, (_, number) => number).filter(
    (number) => !answered.has(number) && wanted.filter((label) => label === number).length >= least,
  );
}

/** Whether each row of the targets is a single class, and no set of labels. */
function isOneOfEach(targets: Float32Array, classes: number): boolean {
  return Array.from({ length: targets.length / classes }, (_, row) =>
    targets.subarray(row * classes, (row + 1) * classes),
  ).every(
    (row) =>
      row.filter((value) => value === 1).length === 1 && row.every((value) => value === 0 || value === 1),
  );
}
