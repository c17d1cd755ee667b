// An evaluation as plain data, without its tables of predictions and targets.

import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { Quality } from "../../learning/training/quality.ts";
import { measuredRatio } from "../outcome/ownMeasure.ts";

/** How well a set of examples is predicted. Numbers that are not finite are null. */
export interface EvaluationSummary {
  readonly examples: number;
  readonly loss: number | null;
  readonly meanSquaredError: number | null;
  /** Var(Y), mean over all numbers of the outputs. */
  readonly targetVariance: number | null;
  /** Var(Ŷ) / Var(Y). */
  readonly varianceRatio: number | null;
  /** The same for each number of the outputs by itself. */
  readonly varianceRatios: readonly (number | null)[];
  /** Mean squared error over its own variance, for each number of the outputs by itself; null where that is constant. */
  readonly errorOverVariances: readonly (number | null)[];
  /** Each output of the model by itself. */
  readonly outputs: readonly OutputSummary[];
  /**
   * Normalised mean squared error: mean squared error over Var(Y), which is 1 − R². For several outputs the mean of
   * theirs, each in units of its own variance.
   */
  readonly nmse: number | null;
  /** @deprecated The same number under its first name; it goes with the next version of the schema. */
  readonly lossOverVariance: number | null;
  readonly r2: number | null;
  /** For classes: wrong predictions over those of always predicting the majority class; null for numeric targets. */
  readonly errorOverPrior: number | null;
  /** For classes: the share of right predictions; null for numeric targets. */
  readonly accuracy: number | null;
  /** For classes: the share that always predicting the majority class gets right; null for numeric targets. */
  readonly commonestShare: number | null;
  /** The error measure of the subject's own that judges instead of the squared error; null where it has none. */
  readonly errorMeasure: MeasureSummary | null;
}

/** How well predictions are by the subject's own error measure. Numbers that are not finite are null. */
export interface MeasureSummary {
  /** The measure's name; `own error measure` for a function of the project. */
  readonly name: string;
  /** Mean error over the examples. */
  readonly error: number | null;
  /** Mean error of the best constant on the same examples. */
  readonly errorOfConstant: number | null;
  /** `error` over `errorOfConstant`, which the verdict compares with its bound. */
  readonly ratio: number | null;
}

/** How well one output is predicted. Numbers that are not finite are null. */
export interface OutputSummary {
  /** The output's name; `output 0` where the model gives it none. */
  readonly name: string;
  /** Its shape for one example. */
  readonly shape: readonly number[];
  readonly classification: boolean;
  /** Its own loss, without the factor that it has in the sum. */
  readonly loss: number | null;
  /** Mean squared error over the output's own Var(Y). */
  readonly nmse: number | null;
  /** Var(Ŷ) / Var(Y) of this output. */
  readonly varianceRatio: number | null;
  /** For classes: wrong predictions over those of always predicting the majority class; null for numeric targets. */
  readonly errorOverPrior: number | null;
  /** For classes: the share of right predictions; null for numeric targets. */
  readonly accuracy: number | null;
  /** For classes: the share that always predicting the majority class gets right; null for numeric targets. */
  readonly commonestShare: number | null;
  /** The error measure of the subject's own that judges instead of the squared error; null where it has none. */
  readonly errorMeasure: MeasureSummary | null;
}

/** Replaces a number that JSON cannot hold by null. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/** Summarises an evaluation without its tables of predictions and targets. */
export function summariseEvaluation(evaluation: Evaluation): EvaluationSummary {
  return {
    examples: evaluation.examples,
    loss: finite(evaluation.loss),
    meanSquaredError: finite(evaluation.meanSquaredError),
    targetVariance: finite(evaluation.targetVariance),
    varianceRatio: finite(evaluation.varianceRatio),
    varianceRatios: evaluation.varianceRatios.map(finite),
    errorOverVariances: evaluation.errorOverVariances.map(finite),
    outputs: evaluation.outputs.map(summariseOutput),
    nmse: finite(evaluation.lossOverVariance),
    lossOverVariance: finite(evaluation.lossOverVariance),
    r2: finite(evaluation.r2),
    errorOverPrior: finite(evaluation.errorOverPrior),
    ...summariseJudged(evaluation),
  };
}

/** Summarises the evaluation of one output. */
export function summariseOutput(output: OutputEvaluation): OutputSummary {
  const { name, shape, classification } = output;
  return {
    name,
    shape,
    classification,
    loss: finite(output.loss),
    nmse: finite(output.lossOverVariance),
    varianceRatio: finite(output.varianceRatio),
    errorOverPrior: finite(output.errorOverPrior),
    ...summariseJudged(output),
  };
}

function summariseJudged({ classes, measured }: Pick<Quality, "classes" | "measured">) {
  return {
    accuracy: classes?.accuracy ?? null,
    commonestShare: classes?.commonest ?? null,
    errorMeasure: measured && {
      name: measured.name,
      error: finite(measured.error),
      errorOfConstant: finite(measured.errorOfConstant),
      ratio: finite(measuredRatio(measured)),
    },
  };
}

/** Replaces losses that JSON cannot hold by null. */
export function finiteLosses(losses: readonly number[]): (number | null)[] {
  return losses.map(finite);
}
