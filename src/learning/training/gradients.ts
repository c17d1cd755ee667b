import {
  addN,
  dispose,
  engine,
  keep,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  tidy,
  type Variable,
} from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { freeingTape } from "../engine/freeTape.ts";
import { disposeLookups, type Lookup, watchingLookups } from "../engine/lookups.ts";
import type { Criterion } from "../loss/criterion.ts";
import { keepingLogits } from "../loss/logits.ts";
import { allLayers, isModel } from "../subject/layerTree.ts";
import { inputTensors, sideBySide, targetTensors, weightTensors } from "../subject/parts.ts";
import type { Batch } from "./batches.ts";
import { planForward } from "./forward.ts";
import { read } from "./read.ts";
import { watchLogits } from "./watchLogits.ts";

/** What one forward pass in training mode answers. */
export interface Answers {
  /** The loss on the batch, penalties included, before the update. */
  readonly loss: number;
  /** `[batch, outputs]`, in training mode, before the update. */
  readonly predictions: Float32Array;
}

/** The results of one forward and backward pass. The caller disposes the gradients. */
export interface Gradients extends Answers {
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
  const passOf = planPass(model, variables, criterion);
  return async (batch) => {
    const pass = passOf(batch);
    return { ...(await readPass(pass)), gradients: pass.gradients };
  };
}

/** A forward and backward pass whose results nobody has read yet. The caller disposes the gradients. */
export interface Pass extends Pick<Gradients, "gradients"> {
  /** The loss as a scalar. */
  readonly loss: Tensor;
  /** The predictions of each output of the model. */
  readonly predicted: readonly Tensor[];
  /** Examples in the batch. */
  readonly count: number;
  /** What lookups gave each variable that nothing else reads, in order. @defaultValue it was not noted */
  readonly lookups?: readonly (readonly Lookup[] | null)[];
}

/** Disposes the gradients of a pass and its lookups. */
export function disposeGradients({ gradients, lookups = [] }: Pass): void {
  dispose(gradients.filter((gradient): gradient is Tensor => gradient !== null));
  disposeLookups(lookups);
}

/**
 * Plans passes as {@link planGradients} does.
 *
 * @param notesLookups whether the lookups are part of a pass. @defaultValue false
 */
export function planPass(
  model: LayersModel,
  variables: readonly Variable[],
  criterion: Criterion,
  notesLookups = false,
): (batch: Batch) => Pass {
  const forward = planForward(model);
  for (const [output, { sourceLayer }] of model.outputs.entries())
    if (criterion.takesLogits(output)) watchLogits(sourceLayer);
  const hasPenalties = tidy(() => penaltiesOf(model).length > 0);
  return (batch) => {
    let predicted: readonly Tensor[] = [];
    const pass = (afterForward?: () => void): { value: Tensor; grads: NamedTensorMap } => {
      const inputs = inputTensors(batch);
      const targets = targetTensors(batch);
      const weights = weightTensors(batch);
      const lossOfBatch = () => {
        predicted = forward(inputs, true).map(keep);
        const dataLoss = criterion.total(targets, predicted, weights);
        const loss = hasPenalties ? (addN([dataLoss, ...penaltiesOf(model)]) as Scalar) : dataLoss;
        afterForward?.();
        return loss;
      };
      return gradientsOf(lossOfBatch, variables);
    };
    try {
      const run = (afterForward?: () => void) =>
        freeingTape(() => keepingLogits(() => tidy(() => pass(afterForward))));
      const { result, lookups } = notesLookups
        ? watchingLookups(variables, run)
        : { result: run(), lookups: null };
      const gradients = variables.map(({ name }) => result.grads[name] ?? null);
      return { loss: result.value, predicted, gradients, count: batch.count, ...(lookups && { lookups }) };
    } catch (error) {
      dispose([...predicted]);
      throw error;
    }
  };
}

/**
 * Differentiates a loss as `variableGrads` of TensorFlow.js does, which however throws where the loss depends on none of the
 * variables. That is for a law to say.
 */
function gradientsOf(
  loss: () => Scalar,
  variables: readonly Variable[],
): { value: Tensor; grads: NamedTensorMap } {
  const trained = variables.filter(({ trainable }) => trainable);
  if (trained.length === 0) return { value: loss(), grads: {} };
  const { value, grads } = engine().gradients(loss, trained, undefined, true);
  const reached = trained.flatMap(({ name }, index) => (grads[index] ? [[name, grads[index]]] : []));
  return { value, grads: Object.fromEntries(reached) };
}

/** Reads the loss and the predictions of a pass, and disposes them. */
export async function readPass(pass: Pass): Promise<Answers> {
  try {
    return await answersOf(pass, read);
  } finally {
    disposeAnswers(pass);
  }
}

/** Reads a pass as {@link readPass} does, along with a later reading. It disposes the tensors at once. */
export function readPassLater(
  pass: Pass,
  readLater: (tensor: Tensor) => Promise<Float32Array>,
): Promise<Answers> {
  try {
    return answersOf(pass, readLater);
  } finally {
    disposeAnswers(pass);
  }
}

async function answersOf(
  { loss, predicted, count }: Pass,
  readTensor: (tensor: Tensor) => Promise<Float32Array>,
): Promise<Answers> {
  // Asked for at once, so that a GPU answers once.
  const [[lossValue], ...tables] = (await Promise.all([loss, ...predicted].map(readTensor))) as [
    Float32Array,
    ...Float32Array[],
  ];
  return { loss: lossValue as number, predictions: sideBySide(tables, count) };
}

function disposeAnswers({ loss, predicted }: Pass): void {
  dispose([loss, ...predicted]);
}

/**
 * Returns the penalties of a model's regularizers. They are collected from the innermost layers, because a Sequential
 * model, a nested model and a recurrent layer all report none themselves.
 */
export function penaltiesOf(model: LayersModel): Scalar[] {
  const penalties = new Set(allLayers(model).flatMap((layer) => (isModel(layer) ? [] : layer.losses)));
  return [...penalties].map((penalty) => penalty());
}
