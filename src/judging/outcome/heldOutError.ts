import { countErrors } from "../../foundation/numbers/classError.ts";
import { columnMeans } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import {
  classesOf,
  type Placed,
  type TargetPart,
  targetParts,
  withOutput,
} from "../../learning/subject/parts.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { countRepeated } from "../evidence/split/repeatedRows.ts";
import { findSortedSplit } from "../evidence/split/sortedSplit.ts";
import { asTold } from "./asTold.ts";
import { mostByChance } from "./byChance.ts";
import { commonestClass, wrongIfConstant } from "./commonestClass.ts";
import { errorOfDecisions } from "./decisions.ts";
import { errorOfClasses } from "./evenedClasses.ts";
import { evenedHeldOut } from "./evenedHeldOut.ts";
import { ALLOWANCE, attainableOf, boundOfProbabilities, excused } from "./fairThresholds.ts";
import { LEARNT } from "./judgedOutputs.ts";
import { FEW_ERRORS } from "./learntClasses.ts";
import { measuredBound, measuredRatio } from "./ownMeasure.ts";

/**
 * Bound on the held-out error divided by that of the training mean. In 312 healthy runs (12 configs, 26 seeds each)
 * the ratio was 0.002 to 0.06 with 100 training pictures or more, and 0.1 to 0.42 with 32. Shuffled labels give
 * 1.3 to 2, swapped axes 2.
 */
export const MAX_HELD_OUT_ERROR = 0.5;

/**
 * A run on examples of which each stands in the set so many times has learnt few by heart, where all could have been seen.
 * Held-out examples then have to be predicted as well as those of training.
 */
const REPEATED = 16;

/** The held-out error of one output. */
export interface HeldOutError {
  readonly output: OutputEvaluation;
  readonly part: Placed<TargetPart>;
  /**
   * The held-out error divided by that of the training mean; for classes, the wrong predictions divided by those of the
   * majority class; for an error measure of its own, the error divided by that of the best constant in training.
   */
  readonly error: number;
  /** The bound that it must stay below. */
  readonly bound: number;
  /** Whether it counts answers on the wrong side of labels that a loss for quantities fits. @defaultValue false */
  readonly isOfDecisions?: boolean;
}

/**
 * Returns the held-out error of the output that has the largest. It returns null without held-out examples, or if a
 * constant predicts every output exactly.
 */
export function worstHeldOut(subject: Subject, { heldOut }: TrainingRun): HeldOutError | null {
  const { train } = subject;
  if (heldOut === null) return null;
  const errors = targetParts(train).flatMap((part) => {
    const output = heldOut.outputs[part.index] as OutputEvaluation;
    const error = errorOf(subject, part, output);
    if (error === null) return [];
    const one = { output, part, error };
    const judged = { ...one, bound: heldOutBound(subject, one) };
    if (judged.error < judged.bound) return [judged];
    return [byProbabilities(subject, one) ?? byDecisions(one) ?? judged];
  });
  return errors.sort((a, b) => b.error / b.bound - a.error / a.bound)[0] ?? null;
}

/** Returns the error of {@link worstHeldOut}. */
export function heldOutError(subject: Subject, run: TrainingRun): number | null {
  return worstHeldOut(subject, run)?.error ?? null;
}

/** @param judgesProbabilities whether noise leaves too many wrong classes to count them */
function errorOf(
  subject: Subject,
  part: Placed<TargetPart>,
  output: OutputEvaluation,
  judgesProbabilities = false,
): number | null {
  const { train } = subject;
  const { measured } = output;
  if (measured) return measured.constantInTraining === 0 ? null : measuredRatio(measured);
  if (part.classification && !judgesProbabilities)
    return (
      errorOfClasses(output, evenedHeldOut(subject, part)) ?? errorOverTrainingPrior(train, part, output)
    );
  const ofConstant = errorOfTrainingMean(withOutput(train, part), output);
  return ofConstant === 0 ? null : output.meanSquaredError / ofConstant;
}

/**
 * Divides the wrong predictions by those of the training set's commonest class: held-out examples of one class alone
 * have no commonest class to beat, but a network that never saw theirs gets all of them wrong.
 */
function errorOverTrainingPrior(
  train: Examples,
  part: Placed<TargetPart>,
  { predictions, targets }: OutputEvaluation,
): number | null {
  if (part.severalLabels) return null;
  const classes = classesOf(part);
  const ofConstant = wrongIfConstant(
    targets,
    commonestClass(withOutput(train, part).targets, classes),
    classes,
  );
  return ofConstant === 0 ? null : countErrors(predictions, targets, classes).wrong / ofConstant;
}

/**
 * Returns the bound that the held-out error has to stay below: {@link MAX_HELD_OUT_ERROR}, or more where noise leaves the
 * best reference more, or where the held-out examples are so few that chance does.
 */
function heldOutBound(
  subject: Subject,
  { output, part, error }: Pick<HeldOutError, "output" | "part" | "error">,
): number {
  const { measured } = output;
  if (measured) return measuredBound(measured, MAX_HELD_OUT_ERROR, MAX_HELD_OUT_ERROR);
  const learnt = part.classification ? FEW_ERRORS : LEARNT;
  if (error < learnt) return MAX_HELD_OUT_ERROR;
  if (error < MAX_HELD_OUT_ERROR)
    return countRepeated(subject, REPEATED) === null && !holdsOutOneEnd(subject, part)
      ? MAX_HELD_OUT_ERROR
      : learnt;
  // Labels that may hold together are told from a constant by their squared error.
  return part.classification && !part.severalLabels
    ? boundOfClasses(subject, part, output)
    : boundOfNumbers(subject, part, output);
}

/**
 * Whether the rows were sorted by their class before they were split. A few rows of the last classes may have come to training:
 * about half of the held-out ones are then predicted, which a random split would not leave at that.
 */
function holdsOutOneEnd(subject: Subject, { classification }: Placed<TargetPart>): boolean {
  return classification && findSortedSplit(subject)?.side === "targets";
}

/** Of what noise leaves to be predicted, half has to be, as of targets without noise. */
function boundOfNumbers(
  subject: Subject,
  { index }: Placed<TargetPart>,
  { examples }: OutputEvaluation,
): number {
  const left = excused(attainableOf(subject, index), "lossOverVariance");
  return Math.max(left + MAX_HELD_OUT_ERROR * (1 - left), left * (1 + 2 * Math.sqrt(2 / examples)));
}

/** Judges classes by the squared error of their probabilities, where noise leaves so many wrong answers that counting them says nothing. */
function byProbabilities(
  subject: Subject,
  { output, part }: Pick<HeldOutError, "output" | "part">,
): HeldOutError | null {
  if (output.measured || !part.classification || part.severalLabels) return null;
  const attainable = (place: number) => attainableOf(subject, place);
  if (boundOfProbabilities(LEARNT, { attainable }, part.index, output) === null) return null;
  const told = asTold(output, evenedHeldOut(subject, part));
  const error = told === output ? errorOf(subject, part, output, true) : told.lossOverVariance;
  return error === null ? null : { output, part, error, bound: boundOfNumbers(subject, part, output) };
}

/** Judges labels of two values that a loss for quantities fits by the side on which answers lie, where that is the right one. */
function byDecisions({ output, part }: Pick<HeldOutError, "output" | "part">): HeldOutError | null {
  const error = errorOfDecisions(output);
  return error !== null && error < MAX_HELD_OUT_ERROR
    ? { output, part, error, bound: MAX_HELD_OUT_ERROR, isOfDecisions: true }
    : null;
}

function boundOfClasses(
  subject: Subject,
  part: Placed<TargetPart>,
  { targets, errorOverPrior }: OutputEvaluation,
): number {
  if (errorOverPrior === null) return MAX_HELD_OUT_ERROR;
  const classes = classesOf(part);
  const others = wrongIfConstant(targets, commonestClass(targets, classes), classes);
  const left = ALLOWANCE * excused(attainableOf(subject, part.index), "errorOverPrior");
  return Math.max(MAX_HELD_OUT_ERROR, mostByChance(others * Math.max(MAX_HELD_OUT_ERROR / 2, left)) / others);
}

/** Whether the run predicts held-out examples hardly better than a constant does. */
export function failsHeldOut(subject: Subject, run: TrainingRun): boolean {
  const worst = worstHeldOut(subject, run);
  return worst !== null && !(worst.error < worst.bound);
}

function errorOfTrainingMean(train: Examples, { targets }: OutputEvaluation): number {
  const means = columnMeans(train.targets, train.outputs);
  let sum = 0;
  targets.forEach((target, index) => {
    sum += (target - (means[index % train.outputs] as number)) ** 2;
  });
  return sum / targets.length;
}
