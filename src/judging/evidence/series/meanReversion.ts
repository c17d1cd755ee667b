// A series that slowly comes back to its mean looks like a random walk, and its last value is nearly the best forecast there
// is. It is no walk: where the series stands tells a little of where it goes. Dickey and Fuller's test tells them apart.

import { leastOf } from "../../../foundation/numbers/extremes.ts";
import { average } from "../../../foundation/numbers/statistics.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { lastFeatures, toChanges, windowsOf } from "../../../learning/subject/lastValue.ts";
import { attainableChanges } from "./series.ts";

/** A tenth is what makes nobody beat the last value by much; a reference leaves a little more or less than that. */
const LEAST_LEFT = 0.85;
/** By chance the slope of a walk is so many of its standard errors below 0 once in about a thousand series. */
const SURELY_BACK = -4;

/**
 * Returns what the windows leave of the changes from the last value to the target, where they surely tell a little of them
 * and no more than a little.
 *
 * @returns null where they tell more, or nothing, as of a walk; and where the inputs are no windows.
 */
export const leftOfSmallChanges = onceFor((train: Examples): number | null => {
  const found = [attainableChanges(train, "both"), attainableChanges(train, "targets")].filter(
    (changes) => changes !== null,
  );
  if (found.length === 0) return null;
  const left = leastOf(found.map(({ lossOverVariance }) => lossOverVariance));
  const isSure = found.some(({ isSurelyWeak }) => isSurelyWeak === true) || comesBack(train);
  return left >= LEAST_LEFT && isSure ? Math.min(1, left) : null;
});

/** Whether a single output surely falls where it stands high and rises where it stands low. */
function comesBack(train: Examples): boolean {
  const windows = windowsOf(train);
  const [last, ...others] = lastFeatures(train, windows) ?? [];
  if (windows === null || last === undefined || others.length > 0) return false;
  const { targets: changes } = toChanges(train, train, "targets");
  const values = train.targets.map((target, row) => target - (changes[row] as number));
  const [meanValue, meanChange] = [average([...values]), average([...changes])];
  let [ofValues, ofBoth] = [0, 0];
  for (const [row, value] of values.entries()) {
    ofValues += (value - meanValue) ** 2;
    ofBoth += (value - meanValue) * ((changes[row] as number) - meanChange);
  }
  const slope = ofBoth / ofValues;
  let rest = 0;
  for (const [row, value] of values.entries())
    rest += ((changes[row] as number) - meanChange - slope * (value - meanValue)) ** 2;
  const standardError = Math.sqrt(rest / Math.max(1, train.count - 2) / ofValues);
  return slope < SURELY_BACK * standardError;
}
