// Models that take batches of one size only (`batchInputShape`), as those must that keep states from batch to batch.

import { concat, gather, slice, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { isModel, type Layer, partsOf } from "../subject/layerTree.ts";
import type { Forward } from "./forward.ts";

/**
 * Runs `pass` in batches of the size that the model was built for. What is missing in the last batch is filled up with
 * the first examples again, and their outputs are left out. Every batch starts from states of 0, and leaves
 * none behind: a run's batches are drawn at random, so that none goes on where the one before it ended.
 */
export function inBatches(model: LayersModel, pass: Forward): Forward {
  const [fixed] = (model.inputs[0] as SymbolicTensor).shape;
  const stateful = model.layers.some(keepsStates);
  if (!fixed && !stateful) return pass;
  return (inputs, training) => {
    const count = inputs.shape[0] as number;
    const size = fixed || count;
    const outputs: Tensor[] = [];
    for (let start = 0; start < count; start += size) {
      if (stateful) model.resetStates();
      outputs.push(pass(count === size ? inputs : rowsOf(inputs, start, size), training));
    }
    if (stateful) model.resetStates();
    const [first] = outputs;
    const all = outputs.length === 1 && first ? first : concat(outputs, 0);
    return all.shape[0] === count ? all : slice(all, 0, count);
  };
}

/** `size` rows from `start` on, the first ones again behind the last. */
function rowsOf(inputs: Tensor, start: number, size: number): Tensor {
  const count = inputs.shape[0] as number;
  const rows = Int32Array.from({ length: size }, (_, row) => (start + row) % count);
  return gather(inputs, tensor1d(rows, "int32"));
}

function keepsStates(layer: Layer): boolean {
  return isModel(layer) ? layer.layers.some(keepsStates) : layer.stateful || partsOf(layer).some(keepsStates);
}
