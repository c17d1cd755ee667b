import { dispose, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, regularizers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import type { Activation, ModelConfig, OutputActivation } from "../config/schema.ts";
import { seedStream } from "../random/seedStream.ts";
import { initialKernel } from "./initialWeights.ts";
import { SeededDropout } from "./seededDropout.ts";

/** Slope of `leakyRelu` below zero: measured with slopes from 0.01 to 0.3, healthy networks stay so. */
const LEAKY_SLOPE = 0.1;

/**
 * Momentum of batch normalisation's moving averages. Keras's 0.99 lags several hundred steps behind, which is
 * a whole run here: in evaluation mode a network that has learnt looked as if it had not.
 */
const AVERAGE_MOMENTUM = 0.9;

/**
 * Builds the box-regression network: convolutions, flatten, hidden dense layers, two outputs.
 *
 * Input `[batch, imageSize, imageSize, channels]`, output `[batch, 2]`, float32. Layers are named
 * `conv1…`, `hidden1…`, `output`; each kernel is drawn from the stream `weights/<layer>`, biases start
 * at 0. The caller disposes the model.
 */
export function buildBoxNetwork(config: ModelConfig, seed: number): LayersModel {
  const model = sequential();
  addConvolutions(model, config);
  model.add(layers.flatten({ name: "flatten" }));
  config.hiddenUnits.forEach((units, index) => {
    const name = `hidden${index + 1}`;
    model.add(layers.dense({ name, units, ...weightOptions(config) }));
    addActivation(model, name, config.activation);
    if (config.dropout > 0) {
      model.add(new SeededDropout({ name: `dropout${index + 1}`, rate: config.dropout, seed }));
    }
  });
  model.add(layers.dense({ name: "output", units: 2, ...weightOptions(config) }));
  addActivation(model, "output", config.outputActivation);
  drawKernels(model, config, seed);
  return model;
}

function addConvolutions(model: Sequential, config: ModelConfig): void {
  const { imageSize, channels, kernelSize, strides, padding } = config;
  model.add(layers.inputLayer({ inputShape: [imageSize, imageSize, channels], name: "input" }));
  config.filters.forEach((filters, index) => {
    const name = `conv${index + 1}`;
    model.add(layers.conv2d({ name, filters, kernelSize, strides, padding, ...weightOptions(config) }));
    if (config.batchNorm)
      model.add(layers.batchNormalization({ name: `batchNorm${index + 1}`, momentum: AVERAGE_MOMENTUM }));
    addActivation(model, name, config.activation);
  });
}

/** Zeros until {@link drawKernels}: the stock initializers do not draw from our streams. */
function weightOptions({ useBias, l2 }: ModelConfig) {
  const regularizer = l2 > 0 ? { kernelRegularizer: regularizers.l2({ l2 }) } : {};
  return { kernelInitializer: "zeros", useBias, ...regularizer } as const;
}

function addActivation(model: Sequential, layer: string, activation: Activation | OutputActivation): void {
  const name = `${layer}/${activation}`;
  if (activation === "linear") return;
  if (activation === "leakyRelu") model.add(layers.leakyReLU({ name, alpha: LEAKY_SLOPE }));
  else model.add(layers.activation({ name, activation }));
}

function drawKernels(model: LayersModel, config: ModelConfig, seed: number): void {
  for (const layer of model.layers) {
    if (!/^(conv\d+|hidden\d+|output)$/.test(layer.name)) continue;
    const [kernel, ...rest] = layer.getWeights() as [Tensor, ...Tensor[]];
    const stream = seedStream(seed, `weights/${layer.name}`);
    const drawn = tensor(initialKernel(config.kernelInitializer, kernel.shape, stream), kernel.shape);
    layer.setWeights([drawn, ...rest]);
    dispose(drawn);
  }
}
