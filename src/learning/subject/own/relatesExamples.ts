// A loss may say how the answers of examples should lie to each other, as in contrastive learning: those of one class side by
// side, those of two apart. Its targets are then the numbers of classes, whatever the shape of the answers is.

import { concat, mean, neg, slice, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { sizeOf } from "../parts.ts";
import type { WrittenLoss } from "./ownLoss.ts";

/** Values that differ by less are those of rounding. */
const ROUNDING = 1e-4;

/**
 * Whether a loss compares the answers of examples with each other alone: nothing changes where all answers change their signs, as
 * neither distances nor products do, and something does where the targets of the examples change places.
 *
 * A loss that broadcasts each target over the answers of its example changes by the signs; one that broadcasts over the examples
 * does not change by the places.
 */
export function relatesExamples(
  loss: WrittenLoss,
  targets: { readonly values: Float32Array; readonly shape: readonly number[] },
  outputs: readonly number[],
): boolean {
  const [count = 1] = targets.shape;
  const guesses = Float32Array.from(
    { length: count * sizeOf(outputs) },
    (_, place) => 0.5 + 0.4 * Math.sin(1.7 * place),
  );
  try {
    return tidy(() => {
      const averageOf = (wanted: Tensor, given: Tensor) => mean(loss(wanted, given)).dataSync()[0] as number;
      const wanted = tensor(targets.values, [...targets.shape]);
      const given = tensor(guesses, [count, ...outputs]);
      const plain = averageOf(wanted, given);
      const isOther = (value: number) =>
        Math.abs(value - plain) > ROUNDING * Math.max(Math.abs(plain), ROUNDING);
      return isOther(averageOf(moved(wanted), given)) && !isOther(averageOf(wanted, neg(given)));
    });
  } catch {
    return false;
  }
}

/** The rows one place on, the last one first. */
function moved(rows: Tensor): Tensor {
  const [count = 1] = rows.shape;
  return concat([slice(rows, count - 1), slice(rows, 0, count - 1)]);
}
