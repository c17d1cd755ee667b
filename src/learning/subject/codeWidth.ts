// An autoencoder gives back its inputs through a code that its author made narrow. How many numbers the code has bounds
// how much of the inputs any such network can give back.

import type { LayersModel } from "@tensorflow/tfjs-layers";
import { leastOf } from "../../foundation/numbers/extremes.ts";
import { noteVariables } from "./disposeModel.ts";
import { allLayers, type Layer } from "./layerTree.ts";
import type { Subject } from "./subject.ts";

/** Whether a subject is asked for its inputs themselves. */
export function givesBackItsInputs({ train }: Pick<Subject, "train">): boolean {
  const { inputs, targets, classification } = train;
  return (
    !classification &&
    inputs.length === targets.length &&
    targets.every((target, place) => target === inputs[place])
  );
}

/**
 * Returns how many numbers of an example pass through the narrowest layer of a model, where every number passes through it.
 *
 * @returns null where layers are joined behind a branch, which may lead past the narrowest one, where a size is open, and
 * for a model that cannot be built, which is reported where it trains.
 */
export async function codeWidth({
  buildModel,
  seed,
}: Pick<Subject, "buildModel" | "seed">): Promise<number | null> {
  const dispose = noteVariables();
  let model: LayersModel | null = null;
  try {
    model = await buildModel(seed);
    const layers = allLayers(model);
    if (layers.some(joinsBranches)) return null;
    const sizes = layers.map(({ outputShape }) => sizeOfExample(outputShape));
    const least = leastOf(sizes);
    return Number.isInteger(least) && least > 0 ? least : null;
  } catch {
    return null;
  } finally {
    if (model) dispose(model);
  }
}

function joinsBranches({ inboundNodes }: Layer): boolean {
  return inboundNodes.some(({ inboundLayers }) => inboundLayers.length > 1);
}

/** The numbers of one example; NaN where a side is open, or there are several outputs. */
function sizeOfExample(shape: Layer["outputShape"]): number {
  return shape
    .slice(1)
    .reduce<number>((size, side) => (typeof side === "number" ? size * side : Number.NaN), 1);
}
