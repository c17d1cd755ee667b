// A loss may say how the answers of examples should lie to each other, as in contrastive learning: those of one class side by
// side, those of two apart. Its targets are then the numbers of classes, whatever the shape of the answers is.

import { add, concat, mean, mul, neg, slice, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
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
  targets: TriedTargets,
  outputs: readonly number[],
): boolean {
  return tryOut(loss, targets, outputs, ({ changes, wanted, given }) => {
    const readsTargets = [moved(wanted), exchanged(wanted)].some((other) => changes(other, given));
    return readsTargets && !changes(wanted, neg(given));
  });
}

/** Whether it does so by the equality of targets alone: classes may then have any numbers. */
export function relatesClasses(
  loss: WrittenLoss,
  targets: TriedTargets,
  outputs: readonly number[],
): boolean {
  const areRenumbered = tryOut(
    loss,
    targets,
    outputs,
    ({ changes, wanted, given }) => !changes(add(mul(wanted, 2), 1), given),
  );
  return areRenumbered && relatesExamples(loss, targets, outputs);
}

/** Targets on which a loss is tried, `[examples, …]`. */
interface TriedTargets {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

interface Trial {
  readonly wanted: Tensor;
  readonly given: Tensor;
  /** Whether the loss of these is another than that of `wanted` and `given`. */
  readonly changes: (wanted: Tensor, given: Tensor) => boolean;
}

/** Asks about a loss on made-up answers; false where it throws. */
function tryOut(
  loss: WrittenLoss,
  { values, shape }: TriedTargets,
  outputs: readonly number[],
  ask: (trial: Trial) => boolean,
): boolean {
  const [count = 1] = shape;
  const guesses = Float32Array.from(
    { length: count * sizeOf(outputs) },
    (_, place) => 0.5 + 0.4 * Math.sin(1.7 * place),
  );
  try {
    return tidy(() => {
      const averageOf = (wanted: Tensor, given: Tensor) => mean(loss(wanted, given)).dataSync()[0] as number;
      const [wanted, given] = [tensor(values, [...shape]), tensor(guesses, [count, ...outputs])];
      const plain = averageOf(wanted, given);
      const changes = (y: Tensor, p: Tensor) =>
        Math.abs(averageOf(y, p) - plain) > ROUNDING * Math.max(Math.abs(plain), ROUNDING);
      return ask({ wanted, given, changes });
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

/** The first two rows in each other's place: classes that take turns stay alike where all rows move on. */
function exchanged(rows: Tensor): Tensor {
  const [count = 1] = rows.shape;
  return count < 2 ? rows : concat([slice(rows, 1, 1), slice(rows, 0, 1), slice(rows, 2)]);
}
