import {
  addN,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Loss } from "../loss/loss.ts";
import type { Batch } from "./batches.ts";
import { planForward } from "./forward.ts";

/** What one forward and backward pass gives. The caller disposes the gradients. */
export interface Gradients {
  /** The loss on the batch, penalties included, before the update. */
  readonly loss: number;
  /** `[batch, outputs]`, in training mode, before the update. */
  readonly predictions: Float32Array;
  /** One for each variable, in order; null where the loss does not depend on the variable. */
  readonly gradients: readonly (Tensor | null)[];
}

/** The variables that training moves, in layer order. */
export function trainableVariables(model: LayersModel): Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as Variable);
}

/** Plans how a batch is run forward and backward through a model. */
export function planGradients(
  model: LayersModel,
  variables: readonly Variable[],
  loss: Loss,
): (batch: Batch) => Gradients {
  const forward = planForward(model);
  const hasPenalties = tidy(() => penaltiesOf(model).length > 0);
  return (batch) => {
    let predictions = new Float32Array();
    const { value, grads }: { value: Tensor; grads: NamedTensorMap } = tidy(() => {
      const inputs = tensor(batch.inputs, [batch.count, ...batch.inputShape]);
      const targets = tensor(batch.targets, [batch.count, batch.outputs]);
      const lossOfBatch = () => {
        const predicted = forward(inputs, true);
        predictions = predicted.dataSync() as Float32Array<ArrayBuffer>;
        const dataLoss = loss(targets, predicted);
        return hasPenalties ? (addN([dataLoss, ...penaltiesOf(model)]) as Scalar) : dataLoss;
      };
      return variables.length === 0
        ? { value: lossOfBatch(), grads: {} }
        : variableGrads(lossOfBatch, [...variables]);
    });
    const lossValue = value.dataSync()[0] as number;
    value.dispose();
    return { loss: lossValue, predictions, gradients: variables.map(({ name }) => grads[name] ?? null) };
  };
}

/** The penalties of a model's regularizers. Asked of the layers: a Sequential model itself answers that it has none. */
export function penaltiesOf(model: LayersModel): Scalar[] {
  return model.layers.flatMap((layer) => layer.calculateLosses());
}
