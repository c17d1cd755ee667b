// A loss of the subject's own code may read outputs of another shape than the targets on purpose: a mean and a variance
// for each target, or several quantiles. Then the shapes are no fault, and the outputs are no predictions of the targets.

import { mean, reshape, reverse, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { type Examples, firstExamples } from "../examples.ts";
import { sizeOf, targetParts } from "../parts.ts";
import type { WrittenLoss } from "./ownLoss.ts";

/** Examples on which the loss is tried. */
const TRIED = 8;
/** A loss that mixes all outputs alike differs by rounding alone when they change places. */
const ROUNDING = 1e-4;

/**
 * Refuses outputs of another shape than the targets where the subject's own loss tells each of them apart, so that it is
 * made for these shapes.
 *
 * @param shape shape of the model's output for one example.
 * @throws {InputError} if the loss gives another value when the outputs, or the targets, of an example change places.
 */
export function refuseOwnShapes(loss: WrittenLoss, examples: Examples, shape: readonly number[]): void {
  const targets = targetParts(examples)[0]?.shape ?? [];
  if (!tellsApart(loss, firstExamples(examples, TRIED), shape, targets)) return;
  throw new InputError({
    code: "conflict",
    field: "loss",
    message: `is the subject's own and reads outputs of shape [${shape.join(", ")}] for targets of shape [${targets.join(", ")}], each in its own way; learnproof compares outputs with targets of the same shape, so let the model put out as many numbers as there are targets; or give the targets the shape of the outputs, with numbers that the loss leaves out, and name the error that counts in errorMeasure`,
    got: { outputs: shape, targets },
  });
}

function tellsApart(
  loss: WrittenLoss,
  { targets: values, count }: Examples,
  outputs: readonly number[],
  targets: readonly number[],
): boolean {
  const size = sizeOf(outputs);
  const guesses = Float32Array.from(
    { length: count * size },
    (_, place) => 0.5 + 0.4 * Math.sin(1.7 * place),
  );
  try {
    return tidy(() => {
      const averageOf = (wanted: Tensor, given: Tensor) => mean(loss(wanted, given)).dataSync()[0] as number;
      const [wanted, given] = [tensor(values, [count, ...targets]), tensor(guesses, [count, ...outputs])];
      const plain = averageOf(wanted, given);
      const turned = [averageOf(wanted, turnedRows(given)), averageOf(turnedRows(wanted), given)];
      return turned.some((value) => Math.abs(value - plain) > ROUNDING * Math.max(Math.abs(plain), ROUNDING));
    });
  } catch {
    return false;
  }
}

/** Reverses the numbers of each example. */
function turnedRows(table: Tensor): Tensor {
  const [count = 1] = table.shape;
  return reshape(reverse(reshape(table, [count, -1]), 1), table.shape);
}
