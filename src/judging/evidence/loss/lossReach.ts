// Some stock losses do not see all of a row of targets, or hardly any but a few rows. A network may learn under them all the
// same, so this speaks only of a run that fails.

import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import { norm } from "../../../foundation/numbers/statistics.ts";
import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import { classesOf } from "../../../learning/subject/parts.ts";
import type { Output } from "../targets/outputs.ts";

/** Says what of the numbers to predict a stock loss leaves out; null if it asks for all of them. */
export function findUnaskedTargets({ loss, part, train, prefix }: Output): string | null {
  if (typeof loss === "function" || part.classification || part.measure) return null;
  const found =
    loss.name === "cosineProximity"
      ? unaskedByCosine(train.targets, classesOf(part))
      : loss.name === "meanAbsolutePercentageError"
        ? unaskedByShares(train.targets)
        : null;
  return found && `${prefix}${loss.name}: ${found}`;
}

/** Rows of the same length may be meant as directions. */
const SAME_LENGTH = 1e-2;

function unaskedByCosine(targets: Float32Array, columns: number): string | null {
  if (columns === 1)
    return "the cosine of the angle to a single number is its sign, so that nothing asks how large a prediction is";
  const lengths = Float64Array.from({ length: targets.length / columns }, (_, row) =>
    norm(targets.subarray(row * columns, (row + 1) * columns)),
  );
  const [least, most] = [leastOf(lengths), largestOf(lengths)];
  return most - least <= SAME_LENGTH * most
    ? null
    : `it asks for the direction of a row and not for its length, which goes from ${printNumber(least)} to ${printNumber(most)} among the targets`;
}

/** Below this size, Keras and TensorFlow.js take a target as being as large. */
const EPSILON = 1e-7;
/** The least share of the rows that have to carry a mean. */
const CARRIED = 0.15;

/**
 * An error in per cent counts a row by 1 / target. The effective number of rows, (Σw)² / Σw², falls to a few where some
 * targets are near 0.
 */
function unaskedByShares(targets: Float32Array): string | null {
  const weights = Float64Array.from(targets, (target) => 1 / Math.max(Math.abs(target), EPSILON));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const carried = total ** 2 / squares / weights.length;
  const [least, most] = targets.reduce(
    ([low, high], target) => [Math.min(low, Math.abs(target)), Math.max(high, Math.abs(target))],
    [Number.POSITIVE_INFINITY, 0],
  );
  return carried >= CARRIED && least > most * EPSILON
    ? null
    : `it divides each error by its target, and their sizes go down to ${printNumber(least)}, where the largest is ${printNumber(most)}: ${percent(carried)} of the targets outweigh all others`;
}
