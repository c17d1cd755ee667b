// The parts that the built-in networks share: how a layer gets its weights, its bias and its activation.

import { dispose, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, regularizers, type Sequential } from "@tensorflow/tfjs-layers";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { Activation, OutputActivation } from "../config/networkSchema.ts";
import type { NetworkConfig } from "../config/schema.ts";
import { initialKernel } from "./initialWeights.ts";
import { SeededDropout } from "./seededDropout.ts";

/** Slope of `leakyRelu` below zero. In measurements with slopes from 0.01 to 0.3, healthy networks stayed healthy. */
const LEAKY_SLOPE = 0.1;

/**
 * Momentum of batch normalisation's moving averages. Keras's 0.99 lags several hundred steps behind, which is a whole
 * run here: in evaluation mode a network that had learnt looked as if it had not.
 */
const AVERAGE_MOMENTUM = 0.9;

/**
 * The options of a layer's weights. Kernels are zero until {@link drawKernels}, because the stock initializers do not
 * draw from the run's streams.
 */
export function weightOptions({ useBias, l2 }: NetworkConfig) {
  const regularizer = l2 > 0 ? { kernelRegularizer: regularizers.l2({ l2 }) } : {};
  return { kernelInitializer: "zeros", useBias, ...regularizer } as const;
}

/** Adds the activation that follows `layer` as a separate layer; nothing for `linear`. */
export function addActivation(
  model: Sequential,
  layer: string,
  activation: Activation | OutputActivation,
): void {
  const name = `${layer}/${activation}`;
  if (activation === "linear") return;
  if (activation === "leakyRelu") model.add(layers.leakyReLU({ name, alpha: LEAKY_SLOPE }));
  else model.add(layers.activation({ name, activation }));
}

/** Adds batch normalisation. */
export function addBatchNorm(model: Sequential, name: string): void {
  model.add(layers.batchNormalization({ name, momentum: AVERAGE_MOMENTUM }));
}

/** Adds dropout where the config asks for some. */
export function addDropout(model: Sequential, name: string, { dropout }: NetworkConfig, seed: number): void {
  if (dropout > 0) model.add(new SeededDropout({ name, rate: dropout, seed }));
}

/** Draws the kernels of the convolutions and dense layers, each from the stream `weights/<layer>`. */
export function drawKernels(model: LayersModel, { kernelInitializer }: NetworkConfig, seed: number): void {
  for (const layer of model.layers) {
    if (!/^(conv\d+|hidden\d+|output)$/.test(layer.name)) continue;
    const [kernel, ...rest] = layer.getWeights() as [Tensor, ...Tensor[]];
    const stream = seedStream(seed, `weights/${layer.name}`);
    const drawn = tensor(initialKernel(kernelInitializer, kernel.shape, stream), kernel.shape);
    layer.setWeights([drawn, ...rest]);
    dispose(drawn);
  }
}
