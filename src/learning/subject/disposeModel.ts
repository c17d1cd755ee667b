import { dispose, engine, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { allLayers, type Layer } from "./layerTree.ts";
import { disposeMasks } from "./seededRandomness.ts";
import { ownWeights } from "./weightOrigins.ts";

/**
 * Records the variables that exist before a model is built, such as those of a base that several runs share.
 *
 * @returns a function that frees a model and all variables created with it. TensorFlow.js itself leaves the weights of
 * nested models, the states of recurrent layers and their dropout masks behind.
 */
export function noteVariables(): (model: LayersModel) => void {
  const before = new Set(registered());
  return (model) => {
    const layers = allLayers(model);
    const weights = layers.flatMap((layer) => ownWeights(layer).map(variableOf));
    for (const layer of layers) {
      disposeMasks(layer);
      disposeStates(layer);
    }
    if (!isGone(model) && weights.every((weight) => !weight.isDisposed)) model.dispose();
    for (const weight of weights) if (!weight.isDisposed && !before.has(weight)) weight.dispose();
  };
}

/**
 * Whether a model was freed already. Its weights do not tell: freeing a model leaves those of a model that is called twice
 * in it, such as the two arms of a siamese network, and a second call of `dispose` throws.
 */
function isGone(model: LayersModel): boolean {
  return (model as unknown as { readonly _refCount: number })._refCount === 0;
}

function registered(): Variable[] {
  return Object.values(engine().registeredVariables);
}

/** Reads the variable directly, because the layer's own accessor throws for a variable that was disposed. */
function variableOf(weight: Layer["weights"][number]): Variable {
  return (weight as unknown as { readonly val: Variable }).val;
}

interface Stateful {
  states_?: Tensor[] | null;
  keptStates?: unknown[];
}

function disposeStates(layer: Layer): void {
  if (!layer.stateful) return;
  const stateful = layer as unknown as Stateful;
  dispose([stateful.states_, stateful.keptStates] as Tensor[][]);
  stateful.states_ = null;
  stateful.keptStates = [];
}
