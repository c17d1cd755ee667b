import {
  type ClassErrors,
  type ClassShares,
  countErrors,
  countLabelErrors,
  overPrior,
  sharesOf,
} from "../../foundation/numbers/classError.ts";
import { average, columnSquaredErrors, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Measured } from "../measure/measureErrors.ts";
import type { Examples } from "../subject/examples.ts";
import { classesOf, columnsOf, type TargetPart, targetParts } from "../subject/parts.ts";

/** How well predictions meet their targets. */
export interface Quality {
  /** Number of examples. */
  readonly examples: number;
  readonly meanSquaredError: number;
  /** Mean over the numbers of the output of the population variance of the targets, Var(Y). */
  readonly targetVariance: number;
  /** Var(Ŷ) / Var(Y), each averaged over the numbers of the output; null where Var(Y) is 0. */
  readonly varianceRatio: number | null;
  /** The variance ratio of each number of the output by itself; null where that number's targets are constant. */
  readonly varianceRatios: readonly (number | null)[];
  /** Mean squared error over Var(Y); null where Var(Y) is 0. */
  readonly lossOverVariance: number | null;
  /** The mean squared error of each number over its own variance; null where that number's targets are constant. */
  readonly errorOverVariances: readonly (number | null)[];
  /** 1 − mean squared error / Var(Y); null where Var(Y) is 0. */
  readonly r2: number | null;
  /**
   * For classes, the error rate divided by the error rate of always predicting the most common class; null for other
   * targets, and if there is only one class.
   */
  readonly errorOverPrior: number | null;
  /** For classes, the share of right ones beside that of the most common class; null for other targets. */
  readonly classes: ClassShares | null;
  /** The errors by the subject's own error measure; null where it has none, and for several outputs together. */
  readonly measured: Measured | null;
  /** `[examples, numbers of the output]`, row by row. */
  readonly predictions: Float32Array;
  readonly targets: Float32Array;
}

type Tables = Pick<Quality, "predictions" | "targets">;

/** Measures the predictions of one output. Classes are told apart along the last axis of its shape. */
export function measureQuality(
  tables: Tables,
  examples: number,
  part: TargetPart,
  measured: Measured | null,
): Quality {
  const { predictions, targets } = tables;
  const columns = targets.length / examples;
  const predictionVariances = columnVariances(predictions, columns);
  const targetVariances = columnVariances(targets, columns);
  const targetVariance = average(targetVariances);
  const squaredErrors = columnSquaredErrors(predictions, targets, columns);
  const meanSquaredError = average(squaredErrors);
  const errors = part.classification ? countClassErrors(tables, columns, part) : null;
  const lossOverVariance = ratio(meanSquaredError, targetVariance);
  const overOwnVariance = (value: number, column: number) => ratio(value, targetVariances[column] as number);
  const quality: Quality = {
    examples,
    meanSquaredError,
    targetVariance,
    varianceRatio: ratio(average(predictionVariances), targetVariance),
    varianceRatios: predictionVariances.map(overOwnVariance),
    lossOverVariance,
    errorOverVariances: squaredErrors.map(overOwnVariance),
    r2: lossOverVariance === null ? null : 1 - lossOverVariance,
    errorOverPrior: errors && overPrior(errors),
    classes: errors && sharesOf(errors),
    measured,
    predictions,
    targets,
  };
  return part.ownShape === undefined ? quality : withoutRatios(quality);
}

/** Outputs that are no predictions of their targets have no ratio to them: only the error measure tells their quality. */
function withoutRatios(quality: Quality): Quality {
  const none = quality.varianceRatios.map(() => null);
  return {
    ...quality,
    varianceRatio: null,
    varianceRatios: none,
    lossOverVariance: null,
    errorOverVariances: none,
    r2: null,
  };
}

function countClassErrors({ predictions, targets }: Tables, columns: number, part: TargetPart): ClassErrors {
  return part.severalLabels
    ? countLabelErrors(predictions, targets, columns)
    : countErrors(predictions, targets, classesOf(part));
}

/** Combines the outputs of a model: each ratio is averaged over the outputs that have it. */
export function combine(outputs: readonly Quality[], tables: Tables): Quality {
  const [only] = outputs;
  if (outputs.length === 1 && only) return only;
  const size = ({ varianceRatios }: Quality) => varianceRatios.length;
  const columns = outputs.reduce((sum, output) => sum + size(output), 0);
  const overAllNumbers = (of: (output: Quality) => number) =>
    outputs.reduce((sum, output) => sum + of(output) * size(output), 0) / columns;
  const lossOverVariance = averageOfKnown(outputs.map((output) => output.lossOverVariance));
  const errors = outputs.map((output) => output.errorOverPrior);
  return {
    examples: (only as Quality).examples,
    meanSquaredError: overAllNumbers(({ meanSquaredError }) => meanSquaredError),
    targetVariance: overAllNumbers(({ targetVariance }) => targetVariance),
    varianceRatio: averageOfKnown(outputs.map(({ varianceRatio }) => varianceRatio)),
    varianceRatios: outputs.flatMap(({ varianceRatios }) => varianceRatios),
    lossOverVariance,
    errorOverVariances: outputs.flatMap(({ errorOverVariances }) => errorOverVariances),
    r2: lossOverVariance === null ? null : 1 - lossOverVariance,
    errorOverPrior: errors.every((error) => error !== null) ? averageOfKnown(errors) : null,
    classes: null,
    measured: null,
    ...tables,
  };
}

/** Measures the mean squared error over Var(Y), averaged over the model's outputs; null if no target varies. */
export function errorOverVariance(predictions: Float32Array, examples: Examples): number | null {
  const errors = targetParts(examples).map((part) => {
    const own = (table: Float32Array) => columnsOf(table, examples.outputs, part);
    const targets = own(examples.targets);
    const squaredErrors = columnSquaredErrors(own(predictions), targets, part.size);
    return ratio(average(squaredErrors), average(columnVariances(targets, part.size)));
  });
  return averageOfKnown(errors);
}

function averageOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : average(known);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
