// Runs models that compute masks. TensorFlow.js hands the mask of one layer to every layer behind it, also to those whose
// own inputs have none (executor.js), and gives a layer of several inputs the mask of the first alone.

import {
  any,
  cast,
  concat,
  expandDims,
  logicalOr,
  onesLike,
  type Tensor,
  tidy,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { LayersModel, Sequential, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { fromFront } from "../../foundation/numbers/fromFront.ts";
import { isModel, type Layer } from "../subject/layerTree.ts";

type Mask = Tensor | null;

/** What a tensor of a model is in one pass: its value, and which steps of its sequences count. */
interface Known {
  readonly value: Tensor;
  readonly mask: Mask;
}

interface Node {
  readonly outboundLayer: Layer;
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputTensors: readonly SymbolicTensor[];
}

/** Runs a model on a tensor `[batch, ...]` for each of its inputs; every layer gets the masks of its own inputs. */
export function runMasked(
  model: LayersModel,
  inputs: readonly Tensor[],
  training: boolean,
): readonly Tensor[] {
  return run(
    model,
    inputs.map((value) => ({ value, mask: null })),
    training,
  ).map(({ value }) => value);
}

function run(model: LayersModel, inputs: readonly Known[], training: boolean): readonly Known[] {
  const known = new Map<number, Known>(inputs.map((one, at) => [model.inputs[at]?.id ?? -1, one]));
  for (const { outboundLayer: layer, inputTensors, outputTensors } of nodesOf(model)) {
    const given = inputTensors.map(({ id }) => known.get(id));
    if (given.includes(undefined)) continue;
    const answers = answersOf(layer, given as readonly Known[], training);
    outputTensors.forEach(({ id }, at) => {
      if (!known.has(id)) known.set(id, answers[at] as Known);
    });
  }
  return model.outputs.map(({ id }) => known.get(id) as Known);
}

/** Lists the calls of a model's layers, each behind those that it takes from. */
function nodesOf(model: LayersModel): readonly Node[] {
  if (model.getClassName() === "Sequential") return nodesOf(graphOf(model as Sequential));
  const { nodesByDepth } = model as unknown as { nodesByDepth: Readonly<Record<string, readonly Node[]>> };
  const depths = Object.keys(nodesByDepth).map(Number);
  const nodes = depths.sort((a, b) => b - a).flatMap((depth) => nodesByDepth[depth] ?? []);
  return nodes.filter(({ outboundLayer }) => outboundLayer.getClassName() !== "InputLayer");
}

/** The graph of a Sequential model, which TensorFlow.js makes when it is first asked for an answer. */
function graphOf(model: Sequential): LayersModel {
  const made = model as unknown as { readonly model?: LayersModel };
  if (!made.model) model.build();
  return made.model as LayersModel;
}

function answersOf(layer: Layer, given: readonly Known[], training: boolean): readonly Known[] {
  if (isModel(layer)) return run(layer, given, training);
  const values = given.map(({ value }) => value);
  const masks = given.map(({ mask }) => mask);
  const answers = [layer.apply(values, { training, mask: masks[0], masks })].flat() as Tensor[];
  const mask = maskBehind(layer, values, masks);
  return answers.map((value) => ({ value, mask }));
}

const MERGES = new Set(["Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"]);
/** Layers that hand a mask on in Keras, and drop it in TensorFlow.js. */
const HANDED_ON = new Set(["LeakyReLU", "ELU"]);

/** The mask of what a layer answers, as Keras computes it. */
function maskBehind(layer: Layer, values: readonly Tensor[], masks: readonly Mask[]): Mask {
  const className = layer.getClassName();
  if (MERGES.has(className))
    return masks.includes(null) ? null : (masks as Tensor[]).reduce((a, b) => logicalOr(a, b));
  if (className === "Concatenate")
    return masks.every((one) => one === null) ? null : concatenated(layer, values, masks);
  if (HANDED_ON.has(className)) return masks[0] ?? null;
  if (!layer.supportsMasking) return null;
  const mask: unknown = layer.computeMask([...values], [...masks] as Tensor[]);
  return ((Array.isArray(mask) ? mask[0] : mask) as Mask | undefined) ?? null;
}

/** A step counts that counts in one of the tensors that are put side by side. */
function concatenated(layer: Layer, values: readonly Tensor[], masks: readonly Mask[]): Tensor {
  const { axis = -1 } = layer.getConfig() as { axis?: number };
  return tidy(() => {
    const each = values.map((value, at) => {
      const mask = masks[at] ?? cast(onesLike(value), "bool");
      return mask.rank < value.rank ? logicalOr(expandDims(mask, -1), cast(zerosLike(value), "bool")) : mask;
    });
    return any(concat(each, fromFront(axis, values[0]?.rank ?? 0)), -1);
  });
}
