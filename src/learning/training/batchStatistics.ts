// Batch normalisation has two kinds of mean and variance. It trains with those of the batch and is evaluated with
// moving averages of them. Averages that move slowly (TensorFlow.js's momentum is 0.99) still lag far behind after some
// hundred steps.

import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Criterion } from "../loss/criterion.ts";
import type { Examples } from "../subject/examples.ts";
import { allLayers, type Layer } from "../subject/layerTree.ts";
import { inputTensors, sideBySide } from "../subject/parts.ts";
import { answersOf } from "./answers.ts";
import { stockForward } from "./forward.ts";
import { inTrainingMode } from "./inTrainingMode.ts";
import { errorOverVariance } from "./quality.ts";
import { readAndDispose } from "./read.ts";

/** One model's error on the same examples, mean squared error over Var(Y), without dropout and other noise. */
export interface BatchStatistics {
  /** The error with the moving averages, as in every other evaluation. */
  readonly withAverages: number;
  /** The error with the mean and variance of the examples themselves. */
  readonly withOwn: number;
}

/**
 * Whether a model needs several examples in a batch. Batch normalisation of rows of features gives the same
 * numbers for any single example, since its mean is the example itself and its variance 0. Over the pixels of an image,
 * even one example has a mean and a variance.
 */
export function needsBatchStatistics(model: LayersModel): boolean {
  return normalisationsOf(model).some((layer) => (layer.getOutputAt(0) as SymbolicTensor).shape.length === 2);
}

/**
 * Measures the error with both kinds of statistics. It returns null for a model without batch normalisation, and if all
 * targets are equal.
 */
export async function measureBatchStatistics(
  model: LayersModel,
  examples: Examples,
  criterion: Criterion,
): Promise<BatchStatistics | null> {
  const layers = [...normalisationsOf(model), ...allLayers(model).filter(keepsStatistics)];
  if (layers.length === 0) return null;
  const forward = stockForward(model);
  const error = async (pass: (inputs: Tensor[]) => readonly Tensor[]) => {
    const answers = tidy(() => [...pass(inputTensors(examples))]);
    const predictions = sideBySide(await Promise.all(answers.map(readAndDispose)), examples.count);
    return errorOverVariance(answersOf(criterion, predictions, examples), examples);
  };
  const withAverages = await error((inputs) => forward(inputs, false));
  const withOwn = await error((inputs) => inTrainingMode(layers, () => forward(inputs, false)));
  return withAverages === null || withOwn === null ? null : { withAverages, withOwn };
}

/** Whether a layer of the program's own has such averages among its operations. */
function keepsStatistics(layer: Layer): boolean {
  return (layer as Layer & { readonly keepsStatistics?: boolean }).keepsStatistics === true;
}

function normalisationsOf(model: LayersModel): Layer[] {
  return allLayers(model).filter((layer) => layer.getClassName() === "BatchNormalization");
}
