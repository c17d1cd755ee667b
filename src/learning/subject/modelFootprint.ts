// What a model that is not ours takes in memory: its layers say it once they are there.

import type { LayersModel, layers, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { checkStep, type Footprint } from "../config/memory.ts";
import type { SavedModelConfig } from "../config/schema.ts";

type Layer = layers.Layer;

/** @throws {InputError} where a training step of the model would not fit in memory; the model is disposed then. */
export function refuseTooLarge(
  model: LayersModel,
  { model: { file }, data, training }: SavedModelConfig,
): void {
  try {
    checkStep(training, data.examples, footprintOf(model, file));
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function footprintOf(model: LayersModel, file: string): Footprint {
  const all = leavesOf(model);
  const shapes = all.flatMap(({ inboundNodes }) =>
    inboundNodes.flatMap(({ outputTensors }) => outputTensors.map(({ shape }: SymbolicTensor) => shape)),
  );
  // Sides that are open are as long as the examples' own, which no layer says: counted as 1.
  const sizes = shapes.map((shape) => shape.slice(1).reduce<number>((size, side) => size * (side ?? 1), 1));
  return {
    weights: model.countParams(),
    activations: sizes.reduce((sum, size) => sum + size, 0),
    nonlinear: true,
    batchNorm: all.some((layer) => layer.getClassName() === "BatchNormalization"),
    penalised: false,
    widthField: "model.file",
    width: file,
  };
}

/** Every layer that is no model. */
function leavesOf({ layers }: { readonly layers: Layer[] }): Layer[] {
  return layers.flatMap((layer) =>
    "layers" in layer ? leavesOf(layer as Layer & { layers: Layer[] }) : [layer],
  );
}
