import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Quality } from "../../learning/training/quality.ts";
import { type Attainable, MOST_EXCUSED, measureAttainable } from "../evidence/reference/attainable.ts";
import { findHiddenColumn } from "../evidence/reference/hiddenColumns.ts";
import { leftByCode } from "../evidence/reference/leftByCode.ts";
import { wereSpoilt } from "../evidence/spoiltExamples.ts";
import { BY_CHANCE, standardErrorOfShare } from "./chanceOfError.ts";
import { type EvenedClasses, evenedClasses } from "./evenedClasses.ts";

/** Thresholds, with what the data of the subject allow. */
export interface FairThresholds extends Thresholds {
  /**
   * Returns what the data allow of an output, by its place; null where nobody knows, and then the strict bounds hold.
   *
   * @defaultValue the strict bounds hold
   */
  readonly attainable?: ((output: number) => Attainable | null) | null;
  /** What weights make of the classes; left out where nobody knows, and then all answers count alike. */
  readonly evened?: EvenedClasses;
}

/** A network that was trained differently may leave a little more than the best reference. */
export const ALLOWANCE = 1.05;

/** What tells how much a subject's data allow. */
type Judged = Pick<Subject, "train" | "variational" | "codeWidth"> & Partial<Pick<Subject, "heldOut">>;

/**
 * What is allowed to an output whose author pays for telling inputs apart: as much as noise could excuse at most, and all of a
 * number that is not worth its price, such as a point of a picture that is rarely lit.
 */
const PRICED: Attainable = { lossOverVariance: MOST_EXCUSED, errorOverPrior: null, ofWorstNumber: 1 };

/**
 * Returns what the data of a subject allow of an output, by its place; for a variational model, what its author may have
 * chosen to leave. Null where nobody knows.
 */
export function attainableOf(subject: Judged, output: number): Attainable | null {
  const { train, variational, codeWidth } = subject;
  if (variational) return PRICED;
  const left = codeWidth === undefined ? null : leftByCode(train, codeWidth);
  return left === null
    ? ofUnspoilt(subject, measureAttainable({ train }, output))
    : { lossOverVariance: left.ofAll, errorOverPrior: null, ofWorstNumber: left.ofWorst };
}

/**
 * What is left by noise excuses nobody where something was done to the examples that made the noise, or where a column tells the
 * targets once it is read as what it stands for.
 */
function ofUnspoilt(subject: Judged, attainable: Attainable | null): Attainable | null {
  return attainable?.isSurelyWeak && (wereSpoilt(subject) || findHiddenColumn(subject.train) !== null)
    ? { ...attainable, isSurelyWeak: false }
    : attainable;
}

/** Adds what the data and weights of a subject allow to thresholds; what the data allow is measured where a run does not keep the strict ones. */
export function fairThresholds(subject: Judged, thresholds: Thresholds): FairThresholds {
  return {
    ...thresholds,
    attainable: (output) => attainableOf(subject, output),
    evened: evenedClasses(subject.train),
  };
}

/**
 * Returns the share of a constant's error that a run may leave: the strict bound, or what noise leaves and some more. Of what
 * much noise leaves to be told, a run has to tell the part that the strict bound asks for without noise; of what little noise
 * leaves, so much that the strict bound stays the larger one.
 *
 * @param output its place among the outputs. @defaultValue the first
 * @param examples how many the run is judged by: of few, chance decides which have a turned label. @defaultValue chance
 * decides nothing
 */
export function fairBound(
  strict: number,
  thresholds: Pick<FairThresholds, "attainable">,
  of: "lossOverVariance" | "errorOverPrior",
  output = 0,
  examples = Number.POSITIVE_INFINITY,
): number {
  const left = leftByNoise(thresholds, of, output);
  const answers = of === "errorOverPrior" ? thresholds.attainable?.(output)?.answers : undefined;
  const chance = left > 0 && answers ? chanceOf(left, answers, examples) : 0;
  return Math.max(strict, ALLOWANCE * left, left + chance, left + allowed(strict, left));
}

/**
 * Returns the share of Var(Y) that the predictions at hand may leave: {@link fairBound}, or as much more than noise leaves the
 * best reference as chance may give so few rows.
 *
 * @param output its place among the outputs.
 */
export function fairBoundOfShare(
  strict: number,
  thresholds: Pick<FairThresholds, "attainable">,
  output: number,
  predicted: Pick<Quality, "predictions" | "targets" | "examples">,
): number {
  const left = leftByNoise(thresholds, "lossOverVariance", output);
  const chance = left > 0 ? BY_CHANCE * standardErrorOfShare(predicted) : 0;
  return Math.max(fairBound(strict, thresholds, "lossOverVariance", output), left + chance);
}

/** How much of what noise leaves to be told a run may leave untold. No broken script of six sets of posts came to lie between. */
function allowed(strict: number, left: number): number {
  return strict * (1 - left) * Math.min(1, left / strict);
}

/** The most of its own variance that the worst number of any output may leave: what its mean does, or noise and a little more. */
export function boundOfWorstNumber(thresholds: Pick<FairThresholds, "attainable">, outputs: number): number {
  const left = Array.from({ length: outputs }, (_, output) => leftOfWorstNumber(thresholds, output));
  return Math.max(1, ALLOWANCE * Math.max(0, largestOf(left)));
}

/** The standard deviation of the share of wrong answers that noise leaves, among so many examples. */
function chanceOf(left: number, { each, others }: Required<Attainable>["answers"], examples: number): number {
  return others === 0 ? 0 : Math.sqrt((left * (1 - left * others)) / (others * each * examples));
}

/**
 * Returns the bound on the squared error of an output's probabilities, where noise leaves so many wrong classes to the best
 * reference that counting them says nothing: of events that are rare and hard to foresee, hardly any is ever more likely than
 * not. Null where counting says something, or the reference has found too little itself.
 */
export function boundOfProbabilities(
  strict: number,
  thresholds: Pick<FairThresholds, "attainable">,
  output: number,
  predicted: Pick<Quality, "predictions" | "targets" | "examples">,
): number | null {
  const attainable = thresholds.attainable?.(output) ?? null;
  if ((attainable?.errorOverPrior ?? 0) <= MOST_EXCUSED || attainable?.isSurelyWeak !== true) return null;
  return fairBoundOfShare(strict, thresholds, output, predicted);
}

/** The best predictions vary as much less than the targets as noise leaves; a run that varies by this share of that has not collapsed. */
const OF_THE_BEST = 0.3;

/** Returns the variance ratio below which an output has collapsed: the strict one, or less where much noise leaves less to be told. */
export function fairVariation(
  thresholds: Pick<FairThresholds, "attainable" | "varianceRatio">,
  output: number,
): number {
  const left = leftByNoise(thresholds, "lossOverVariance", output);
  return Math.min(thresholds.varianceRatio, OF_THE_BEST * Math.max(0, 1 - left));
}

/** Returns what noise leaves of an output even to the best reference; 0 where nobody knows, or it excuses nobody. */
export function leftByNoise(
  { attainable }: Pick<FairThresholds, "attainable">,
  of: "lossOverVariance" | "errorOverPrior",
  output: number,
): number {
  return excused(attainable?.(output) ?? null, of);
}

/** What the best reference leaves; 0 where it leaves so much that it excuses nobody. */
export function excused(attainable: Attainable | null, of: "lossOverVariance" | "errorOverPrior"): number {
  const left = attainable?.[of] ?? 0;
  const isSure =
    attainable?.isAll === true || (of === "lossOverVariance" && attainable?.isSurelyWeak === true);
  return left <= MOST_EXCUSED || isSure ? left : 0;
}

/**
 * What noise, or a narrow code, leaves of the worst number of an output; 0 where it excuses nobody. Probabilities of classes
 * of which noise leaves a share of the errors vary by the square of what it does not leave: labels of which a fifth are turned
 * are answered best by 0.2 and 0.8.
 */
export function leftOfWorstNumber(thresholds: Pick<FairThresholds, "attainable">, output: number): number {
  const left = leftByNoise(thresholds, "lossOverVariance", output);
  const ofClasses = leftByNoise(thresholds, "errorOverPrior", output);
  const ofWorst = left > 0 ? (thresholds.attainable?.(output)?.ofWorstNumber ?? left) : 0;
  return Math.max(ofWorst, 1 - (1 - ofClasses) ** 2);
}

/** What noise leaves of one number of an output, which may be hidden by it while the others are not; at least as much as of all. */
export function leftOfNumber(
  thresholds: Pick<FairThresholds, "attainable">,
  output: number,
  number: number,
): number {
  const ofWorst = leftOfWorstNumber(thresholds, output);
  const left = leftByNoise(thresholds, "lossOverVariance", output);
  const own = left > 0 ? (thresholds.attainable?.(output)?.ofNumbers?.[number] ?? 0) : 0;
  return Math.min(1, Math.max(ofWorst, own));
}
