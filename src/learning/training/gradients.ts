import {
  addN,
  dispose,
  keep,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  tidy,
  type Variable,
  variableGrads,
} from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { freeingTape } from "../engine/freeTape.ts";
import type { Criterion } from "../loss/criterion.ts";
import { allLayers, isModel } from "../subject/layerTree.ts";
import { inputTensors, sideBySide, targetTensors, weightTensors } from "../subject/parts.ts";
import type { Batch } from "./batches.ts";
import { planForward } from "./forward.ts";
import { read, readAndDispose } from "./read.ts";

/** The results of one forward and backward pass. The caller disposes the gradients. */
export interface Gradients {
  /** The loss on the batch, penalties included, before the update. */
  readonly loss: number;
  /** `[batch, outputs]`, in training mode, before the update. */
  readonly predictions: Float32Array;
  /** One for each variable, in order; null where the loss does not depend on the variable. */
  readonly gradients: readonly (Tensor | null)[];
}

/** Returns the trainable variables in layer order; those of a layer that is applied twice appear once. */
export function trainableVariables(model: LayersModel): Variable[] {
  return [...new Set(model.trainableWeights.map((weight) => weight.read() as Variable))];
}

/** Plans how a batch is run forward and backward through a model. */
export function planGradients(
  model: LayersModel,
  variables: readonly Variable[],
  criterion: Criterion,
): (batch: Batch) => Promise<Gradients> {
  const forward = planForward(model);
  const hasPenalties = tidy(() => penaltiesOf(model).length > 0);
  return async (batch) => {
    let predicted: readonly Tensor[] = [];
    const pass = (): { value: Tensor; grads: NamedTensorMap } => {
      const inputs = inputTensors(batch);
      const targets = targetTensors(batch);
      const weights = weightTensors(batch);
      const lossOfBatch = () => {
        predicted = forward(inputs, true).map(keep);
        const dataLoss = criterion.total(targets, predicted, weights);
        return hasPenalties ? (addN([dataLoss, ...penaltiesOf(model)]) as Scalar) : dataLoss;
      };
      return variables.length === 0
        ? { value: lossOfBatch(), grads: {} }
        : variableGrads(lossOfBatch, [...variables]);
    };
    try {
      const { value, grads } = freeingTape(() => tidy(pass));
      // Asked for at once, so that a GPU answers once.
      const [[lossValue], ...tables] = await Promise.all([readAndDispose(value), ...predicted.map(read)]);
      return {
        loss: lossValue as number,
        predictions: sideBySide(tables, batch.count),
        gradients: variables.map(({ name }) => grads[name] ?? null),
      };
    } finally {
      dispose([...predicted]);
    }
  };
}

/**
 * Returns the penalties of a model's regularizers. They are collected from the innermost layers, because a Sequential
 * model, a nested model and a recurrent layer all report none themselves.
 */
export function penaltiesOf(model: LayersModel): Scalar[] {
  const penalties = new Set(allLayers(model).flatMap((layer) => (isModel(layer) ? [] : layer.losses)));
  return [...penalties].map((penalty) => penalty());
}
