// The numbers that judge a run where the squared error does not: the subject's own error measure, and right classes.

import { percent, printNumber } from "../foundation/print/printNumber.ts";
import type { Measured } from "../learning/measure/measureErrors.ts";
import type { Quality } from "../learning/training/quality.ts";

/** Says the error by the subject's own measure, beside that of the best constant. */
export function describeMeasured({ error, errorOfConstant }: Measured): string {
  return `${printNumber(error)}, where the best constant has ${printNumber(errorOfConstant)}`;
}

/** Says the share of right classes beside that of the most common class. */
export function describeAccuracy({ accuracy, commonest }: NonNullable<Quality["classes"]>): string {
  return `${percent(accuracy)}, where the commonest class alone has ${percent(commonest)}`;
}
