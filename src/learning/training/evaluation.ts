import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { errorOverPrior } from "../../foundation/numbers/classError.ts";
import { average, columnSquaredErrors, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { planForward } from "./forward.ts";
import { mostAtOnce } from "./mostAtOnce.ts";
import { readAndDispose } from "./read.ts";

/** The largest number of examples in one prediction batch. */
const MOST_AT_ONCE = 256;

/** The quality of a model's predictions on a set of examples, in evaluation mode. */
export interface Evaluation {
  /** Number of examples evaluated. */
  readonly examples: number;
  /** The trained loss, without penalties. */
  readonly loss: number;
  readonly meanSquaredError: number;
  /** Mean over the outputs of the population variance of the targets, Var(Y). */
  readonly targetVariance: number;
  /** Var(Ŷ) / Var(Y), each averaged over the outputs; null where Var(Y) is 0. */
  readonly varianceRatio: number | null;
  /** The variance ratio of each output by itself; null where that output's targets are constant. */
  readonly varianceRatios: readonly (number | null)[];
  /** Mean squared error over Var(Y); null where Var(Y) is 0. */
  readonly lossOverVariance: number | null;
  /** The mean squared error of each output over its own variance; null where that output's targets are constant. */
  readonly errorOverVariances: readonly (number | null)[];
  /** 1 − mean squared error / Var(Y); null where Var(Y) is 0. */
  readonly r2: number | null;
  /**
   * For classes, the error rate divided by the error rate of always predicting the most common class; null for other
   * targets, and if there is only one class.
   */
  readonly errorOverPrior: number | null;
  /** `[examples, outputs]`, row by row. */
  readonly predictions: Float32Array;
  readonly targets: Float32Array;
}

/** Evaluates a model on a set of examples. */
export async function evaluate(model: LayersModel, judged: Examples, loss: Loss): Promise<Evaluation> {
  const predictions = await predict(model, judged);
  const { outputs, targets, count } = judged;
  const predictionVariances = columnVariances(predictions, outputs);
  const targetVariances = columnVariances(targets, outputs);
  const targetVariance = average(targetVariances);
  const squaredErrors = columnSquaredErrors(predictions, targets, outputs);
  const meanSquaredError = average(squaredErrors);
  const lossOverVariance = ratio(meanSquaredError, targetVariance);
  return {
    examples: count,
    loss: await lossOf(loss, targets, predictions, [count, outputs]),
    meanSquaredError,
    targetVariance,
    varianceRatio: ratio(average(predictionVariances), targetVariance),
    varianceRatios: predictionVariances.map((value, output) =>
      ratio(value, targetVariances[output] as number),
    ),
    lossOverVariance,
    errorOverVariances: squaredErrors.map((value, output) => ratio(value, targetVariances[output] as number)),
    r2: lossOverVariance === null ? null : 1 - lossOverVariance,
    errorOverPrior: judged.classification ? errorOverPrior(predictions, targets, outputs) : null,
    predictions,
    targets,
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Computes predictions in evaluation mode, `[count, outputs]`, in small batches. */
export async function predict(model: LayersModel, examples: Examples): Promise<Float32Array> {
  const predictions = new Float32Array(examples.count * examples.outputs);
  const inputSize = examples.inputs.length / examples.count;
  const forward = planForward(model);
  const atOnce = mostAtOnce(model, MOST_AT_ONCE, examples.inputShape);
  for (let start = 0; start < examples.count; start += atOnce) {
    const end = Math.min(start + atOnce, examples.count);
    const part = tidy(() => {
      const inputs = tensor(examples.inputs.subarray(start * inputSize, end * inputSize), [
        end - start,
        ...examples.inputShape,
      ]);
      return forward(inputs, false);
    });
    predictions.set(await readAndDispose(part), start * examples.outputs);
  }
  return predictions;
}

async function lossOf(
  loss: Loss,
  targets: Float32Array,
  predictions: Float32Array,
  shape: number[],
): Promise<number> {
  const value = tidy(() => loss(tensor(targets, shape), tensor(predictions, shape)));
  return (await readAndDispose(value))[0] as number;
}
