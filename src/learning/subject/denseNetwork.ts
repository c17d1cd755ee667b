import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import type { DenseModelConfig } from "../config/schema.ts";
import { addActivation, addBatchNorm, addDropout, drawKernels, weightOptions } from "./networkLayers.ts";

/**
 * Builds a fully connected network.
 *
 * Input `[batch, inputs]`, output `[batch, outputs]`, float32. Layers are named `hidden1…`, `output`; each kernel
 * is drawn from the stream `weights/<layer>`, biases start at 0. The caller disposes the model.
 */
export function buildDenseNetwork(config: DenseModelConfig, seed: number): LayersModel {
  const model = sequential();
  model.add(layers.inputLayer({ inputShape: [config.inputs], name: "input" }));
  config.hidden.forEach(({ units, activation }, index) => {
    const name = `hidden${index + 1}`;
    model.add(layers.dense({ name, units, ...weightOptions(config) }));
    if (config.batchNorm) addBatchNorm(model, `batchNorm${index + 1}`);
    addActivation(model, name, activation);
    addDropout(model, `dropout${index + 1}`, config, seed);
  });
  model.add(layers.dense({ name: "output", units: config.outputs, ...weightOptions(config) }));
  addActivation(model, "output", config.outputActivation);
  drawKernels(model, config, seed);
  return model;
}
