import { type LayersModel, layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import type { BoxModelConfig } from "../config/schema.ts";
import { addActivation, addBatchNorm, addDropout, drawKernels, weightOptions } from "./networkLayers.ts";

/**
 * Builds the box-regression network: convolutions, flatten, hidden dense layers, two outputs.
 *
 * Input `[batch, imageSize, imageSize, channels]`, output `[batch, 2]`, float32. Layers are named
 * `conv1…`, `hidden1…`, `output`; each kernel is drawn from the stream `weights/<layer>`, biases start
 * at 0. The caller disposes the model.
 */
export function buildBoxNetwork(config: BoxModelConfig, seed: number): LayersModel {
  const model = sequential();
  addConvolutions(model, config);
  model.add(layers.flatten({ name: "flatten" }));
  config.hiddenUnits.forEach((units, index) => {
    const name = `hidden${index + 1}`;
    model.add(layers.dense({ name, units, ...weightOptions(config) }));
    addActivation(model, name, config.activation);
    addDropout(model, `dropout${index + 1}`, config, seed);
  });
  model.add(layers.dense({ name: "output", units: 2, ...weightOptions(config) }));
  addActivation(model, "output", config.outputActivation);
  drawKernels(model, config, seed);
  return model;
}

function addConvolutions(model: Sequential, config: BoxModelConfig): void {
  const { imageSize, channels, kernelSize, strides, padding } = config;
  model.add(layers.inputLayer({ inputShape: [imageSize, imageSize, channels], name: "input" }));
  config.filters.forEach((filters, index) => {
    const name = `conv${index + 1}`;
    model.add(layers.conv2d({ name, filters, kernelSize, strides, padding, ...weightOptions(config) }));
    if (config.batchNorm) addBatchNorm(model, `batchNorm${index + 1}`);
    addActivation(model, name, config.activation);
  });
}
