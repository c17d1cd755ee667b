// Estimates the memory that a model that is not built-in needs, from its layers once they are built.

import type { LayersModel, layers, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { checkStep, type Footprint } from "../config/memory.ts";
import type { SavedModelConfig } from "../config/schema.ts";

type Layer = layers.Layer;

/**
 * Checks that a training step of the model fits in memory. @throws {InputError} if it does not; the model is then
 * disposed.
 */
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
  // Open dimensions depend on the examples, which the layers do not know; they count as 1.
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

/** Lists every layer that is not a model itself. */
function leavesOf({ layers }: { readonly layers: Layer[] }): Layer[] {
  return layers.flatMap((layer) =>
    "layers" in layer ? leavesOf(layer as Layer & { layers: Layer[] }) : [layer],
  );
}
