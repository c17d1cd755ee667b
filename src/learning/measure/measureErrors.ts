import { average, columnMeans } from "../../foundation/numbers/statistics.ts";
import { gatherRows } from "../subject/examples.ts";
import type { MeasureDegree } from "./degree.ts";
import { type ErrorMeasure, repeatRow } from "./errorMeasure.ts";

/** How well predictions meet their targets by a subject's own error measure. */
export interface Measured {
  /** The measure's name. */
  readonly name: string;
  /** Mean error over the examples. */
  readonly error: number;
  /** Error of each example. */
  readonly errors: Float32Array;
  /**
   * Mean error on these examples of the best constant: that of the training examples, or the mean of these predictions
   * where that is better.
   */
  readonly errorOfConstant: number;
  /** Mean error of the best constant on the training examples. */
  readonly constantInTraining: number;
  /**
   * How much the error changes where every prediction is replaced by the mean of all, over the error of the best constant:
   * about 0 for predictions that hardly vary. Null where that constant is always right, and where none is best.
   */
  readonly variation: number | null;
  readonly degree: MeasureDegree;
}

/** Tables of one output, row by row. */
interface Tables {
  /** The targets as the measure takes them. */
  readonly targets: Float32Array;
  readonly predictions: Float32Array;
}

/** Measures predictions by a subject's own error measure. @param count the number of examples */
export async function measureErrors(
  measure: ErrorMeasure,
  { targets, predictions }: Tables,
  count: number,
): Promise<Measured> {
  const best = await measure.best();
  const columns = predictions.length / count;
  const errors = await measure.errorsOf(targets, predictions);
  const errorOf = async (row: ArrayLike<number>) =>
    average([...(await measure.errorsOf(targets, repeatRow(row, count)))]);
  const ofBest = await errorOf(best.row);
  // If the model predicts a constant, it must not pass as better than every constant that the search has tried.
  const ofOwnMean = await errorOf(columnMeans(predictions, columns));
  const error = average([...errors]);
  return {
    name: measure.name,
    error: Math.max(0, error),
    errors,
    errorOfConstant: ofOwnMean < ofBest ? ofOwnMean : ofBest,
    constantInTraining: best.error,
    variation: best.error > 0 && !best.isBottomless ? Math.abs(ofOwnMean - error) / best.error : null,
    degree: best.degree,
  };
}

/** Returns the measurement of some of the examples, which are compared with the best constant in training. */
export function measuredOnRows(measured: Measured, rows: readonly number[]): Measured {
  const errors = gatherRows(measured.errors, 1, rows);
  const { constantInTraining } = measured;
  return {
    ...measured,
    errors,
    error: Math.max(0, average([...errors])),
    errorOfConstant: constantInTraining,
  };
}

/** Returns the error over that of the best constant in training; null where that constant is always right. */
export function overConstant({ error, constantInTraining }: Measured): number | null {
  return constantInTraining > 0 ? error / constantInTraining : null;
}
