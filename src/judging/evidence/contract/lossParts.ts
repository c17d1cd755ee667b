import { grads, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { norm } from "../../../foundation/numbers/statistics.ts";
import { freeingTape } from "../../../learning/engine/freeTape.ts";
import type { Criterion } from "../../../learning/loss/criterion.ts";
import { type Examples, gather, gatherRows } from "../../../learning/subject/examples.ts";
import { outputTensors, sideBySide, targetTensors, weightTensors } from "../../../learning/subject/parts.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import { readAndDispose } from "../../../learning/training/read.ts";
import { evaluateAtOnce } from "./evaluate.ts";
import type { FreshModel } from "./freshModel.ts";

const EXAMPLES = 8;
/** Rounding leaves 1e-6; a loss that looks at several examples at once leaves 0.1 and more. */
const ROUNDING = 1e-3;

/** How the loss of a batch is made from its examples. */
export interface LossParts {
  /** The distance of the gradient from that of the mean over four small batches, relative to its length. */
  readonly fromMean: number;
  /** The same for the sum of the small batches. */
  readonly fromSum: number;
  /** The distance between the gradients of the batch and of the batch in another order, relative to its length. */
  readonly fromOtherOrder: number;
  /** Whether the loss is the mean or the sum of its examples' losses; `mixed` where it looks at several at once. */
  readonly kind: "mean" | "sum" | "mixed";
}

/**
 * Compares the gradient of the loss with respect to the outputs of a batch with those of four parts of the batch, and
 * of the batch turned round.
 *
 * @returns null if there are fewer than four examples, or the gradient is 0 or not finite.
 */
export async function measureLossParts({ model, criterion, subject }: FreshModel): Promise<LossParts | null> {
  const { train, seed } = subject;
  // A step counts for more in a batch of which a mask hides more; that is not of the loss.
  const { shownSteps: _, ...some } = sampleExamples(train, seed, mostAtOnce(model, EXAMPLES, train));
  const size = Math.floor(some.count / 4);
  if (size < 1) return null;
  const rows = Array.from({ length: 4 * size }, (_, row) => row);
  const seen = gather(some, rows);
  const outputs = await evaluateAtOnce(model, seen);
  const slopeOf = (of: readonly number[]) =>
    slope(criterion, gather(seen, of), gatherRows(outputs, seen.outputs, of));
  const whole = await slopeOf(rows);
  const length = norm(whole);
  if (!Number.isFinite(length) || length === 0) return null;
  const parts = new Float32Array(whole.length);
  for (let start = 0; start < rows.length; start += size)
    parts.set(await slopeOf(rows.slice(start, start + size)), start * seen.outputs);
  const turned = [...rows].reverse();
  const reversed = gatherRows(await slopeOf(turned), seen.outputs, turned);
  const from = (other: Float32Array) =>
    norm(whole.map((value, at) => value - (other[at] as number))) / length;
  const fromMean = from(parts.map((value) => value / 4));
  const fromSum = from(parts);
  return { fromMean, fromSum, fromOtherOrder: from(reversed), kind: kindOf(fromMean, fromSum) };
}

function kindOf(fromMean: number, fromSum: number): LossParts["kind"] {
  if (fromMean <= ROUNDING) return "mean";
  return fromSum <= ROUNDING ? "sum" : "mixed";
}

/** Computes the gradient of the loss with respect to the outputs, `[count, outputs]`. */
async function slope(criterion: Criterion, examples: Examples, outputs: Float32Array): Promise<Float32Array> {
  const slopes = freeingTape(() =>
    tidy(() => {
      const [targets, weights] = [targetTensors(examples), weightTensors(examples)];
      const loss = (...predicted: Tensor[]) => criterion.total(targets, predicted, weights) as Scalar;
      return grads(loss as (...tensors: Tensor[]) => Tensor)(outputTensors(outputs, examples));
    }),
  );
  return sideBySide(await Promise.all(slopes.map(readAndDispose)), examples.count);
}
