// Dropout and noise layers act in training alone. A network that fails may have learnt all that they let through, so this
// file compares the same weights with them and without.

import { tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { average } from "../../foundation/numbers/statistics.ts";
import type { Criterion } from "../loss/criterion.ts";
import type { Examples } from "../subject/examples.ts";
import { allLayers, type Layer } from "../subject/layerTree.ts";
import { inputTensors, sideBySide } from "../subject/parts.ts";
import { answersOf } from "./answers.ts";
import { stockForward } from "./forward.ts";
import { inTrainingMode } from "./inTrainingMode.ts";
import { errorOverVariance } from "./quality.ts";
import { readAndDispose } from "./read.ts";

/** One model's error on the same examples, mean squared error over Var(Y), with the moving averages of normalisation. */
export interface DropoutNoise {
  /** The error in evaluation mode. */
  readonly without: number;
  /** The mean error with the dropout and noise of training. */
  readonly withNoise: number;
}

/** Each pass draws other masks. */
const PASSES = 8;

/** Measures both errors; null for a model without dropout or noise, and if all targets are equal. */
export async function measureDropoutNoise(
  model: LayersModel,
  examples: Examples,
  criterion: Criterion,
): Promise<DropoutNoise | null> {
  const noisy = allLayers(model).filter(drawsInTraining);
  if (noisy.length === 0) return null;
  const forward = stockForward(model);
  const errorWith = async (layers: readonly Layer[]) => {
    const answers = tidy(() => [...inTrainingMode(layers, () => forward(inputTensors(examples), false))]);
    const predictions = sideBySide(await Promise.all(answers.map(readAndDispose)), examples.count);
    return errorOverVariance(answersOf(criterion, predictions, examples), examples);
  };
  const without = await errorWith([]);
  if (without === null) return null;
  const errors: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) errors.push((await errorWith(noisy)) as number);
  return { without, withNoise: average(errors) };
}

/** Whether a layer has a rate of dropout, a deviation of noise, or changes images in training. */
function drawsInTraining(layer: Layer): boolean {
  const { rate, stddev, dropout, recurrentDropout, strength } = layer.getConfig();
  return [rate, stddev, dropout, recurrentDropout, strength].some(
    (size) => typeof size === "number" && size > 0,
  );
}
