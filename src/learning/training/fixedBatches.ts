// Some models accept only one batch size (`batchInputShape`). Stateful recurrent layers require that.

import { concat, gather, slice, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { isModel, type Layer, partsOf } from "../subject/layerTree.ts";
import type { Forward } from "./forward.ts";

/**
 * Runs `pass` in batches of the size that the model was built for. The last batch is padded with the first examples,
 * and their outputs are dropped. Recurrent states are reset to 0 before and after every batch: a run draws its batches
 * at random, so no batch continues the one before it.
 */
export function inBatches(model: LayersModel, pass: Forward): Forward {
  const [fixed] = (model.inputs[0] as SymbolicTensor).shape;
  const stateful = model.layers.some(keepsStates);
  if (!fixed && !stateful) return pass;
  return (inputs, training) => {
    const count = inputs[0]?.shape[0] as number;
    const size = fixed || count;
    const batches: (readonly Tensor[])[] = [];
    for (let start = 0; start < count; start += size) {
      if (stateful) model.resetStates();
      const batch = count === size ? inputs : inputs.map((input) => rowsOf(input, start, size));
      batches.push(pass(batch, training));
    }
    if (stateful) model.resetStates();
    return (batches[0] ?? []).map((first, output) => {
      const parts = batches.map((batch) => batch[output] as Tensor);
      const all = parts.length === 1 ? first : concat(parts, 0);
      return all.shape[0] === count ? all : slice(all, 0, count);
    });
  };
}

/** Returns `size` rows from `start` on. Behind the last row it continues with the first. */
function rowsOf(input: Tensor, start: number, size: number): Tensor {
  const count = input.shape[0] as number;
  const rows = Int32Array.from({ length: size }, (_, row) => (start + row) % count);
  return gather(input, tensor1d(rows, "int32"));
}

function keepsStates(layer: Layer): boolean {
  return isModel(layer) ? layer.layers.some(keepsStates) : layer.stateful || partsOf(layer).some(keepsStates);
}
