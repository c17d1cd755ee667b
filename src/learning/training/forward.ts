import { reshape, type Tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, layers } from "@tensorflow/tfjs-layers";
import {
  convolutionLayer,
  denseLayer,
  type FusedActivation,
  type LayerInputs,
} from "../engine/fusedLayers.ts";
import { isModel, type Layer } from "../subject/layerTree.ts";
import { inBatches } from "./fixedBatches.ts";
import { runMasked } from "./maskedForward.ts";
import { makesMasks } from "./masks.ts";

/**
 * Runs a model on a tensor `[batch, ...]` for each of its inputs, and returns one for each of its outputs. It may be
 * called under automatic differentiation.
 */
export type Forward = (inputs: readonly Tensor[], training: boolean) => readonly Tensor[];

type Step = (input: Tensor, training: boolean) => Tensor;

/**
 * Plans a forward pass that computes the same function as `model.apply` in fewer operations.
 *
 * In a Sequential model, a convolution or dense layer is fused with its bias and a relu that follows it into one
 * kernel, and flattening becomes a reshape. TensorFlow.js runs every other layer, and every model that is not
 * Sequential or that computes a mask. A model with a fixed batch size gets batches of that size, see {@link inBatches}.
 */
export function planForward(model: LayersModel): Forward {
  if (model.getClassName() !== "Sequential" || model.layers.some(wantsCare)) return stockForward(model);
  const steps: Step[] = [];
  for (let index = 0; index < model.layers.length; index++) {
    const layer = model.layers[index] as Layer;
    const next = model.layers[index + 1];
    if (layer.getClassName() === "InputLayer") continue;
    const fused = fusedStep(layer, next);
    steps.push(fused?.step ?? ((input, training) => layer.apply(input, { training }) as Tensor));
    if (fused?.tookNext) index++;
  }
  return inBatches(model, ([input], training) => [
    steps.reduce((value, step) => step(value, training), input as Tensor),
  ]);
}

/** Plans a model's forward pass as TensorFlow.js runs it, layer by layer; masks are handed on as Keras does it. */
export function stockForward(model: LayersModel): Forward {
  if (model.layers.some(wantsCare))
    return inBatches(model, (inputs, training) => runMasked(model, inputs, training));
  return inBatches(model, (inputs, training) => {
    const given = inputs.length === 1 ? (inputs[0] as Tensor) : [...inputs];
    return [model.apply(given, { training })].flat() as Tensor[];
  });
}

/** Whether TensorFlow.js would run a layer otherwise than Keras: it drops masks, and runs a layer once for each answer. */
function wantsCare(layer: Layer): boolean {
  return makesMasks(layer) || tracesSeveral(layer);
}

/** Whether a layer of the program's own gives several answers, whose penalty and random numbers are those of one call. */
function tracesSeveral(layer: Layer): boolean {
  if (isModel(layer)) return layer.layers.some(tracesSeveral);
  if (layer.getClassName() !== "TracedLayer") return false;
  return layer.inboundNodes.some(({ outputTensors }) => outputTensors.length > 1);
}

interface FusedStep {
  readonly step: Step;
  /** Whether this step also computes the layer after this one. */
  readonly tookNext: boolean;
}

function fusedStep(layer: Layer, next: Layer | undefined): FusedStep | null {
  if (!isStock(layer)) return null;
  const config = layer.getConfig();
  if (layer.getClassName() === "Flatten" && config.dataFormat !== "channelsFirst") {
    return { step: (input) => reshape(input, [input.shape[0] as number, -1]), tookNext: false };
  }
  if (config.activation !== "linear" && config.activation !== "relu") return null;
  const run = fusedLayer(layer, config);
  if (!run) return null;
  const tookNext = config.activation === "linear" && next !== undefined && isRelu(next);
  const activation = tookNext ? "relu" : config.activation;
  const [kernel, bias] = layer.weights;
  return {
    step: (input) => run({ input, kernel: kernel?.read() as Tensor, bias: bias?.read() }, activation),
    tookNext,
  };
}

type FusedLayer = (inputs: LayerInputs, activation: FusedActivation) => Tensor;

function fusedLayer(layer: Layer, config: ReturnType<Layer["getConfig"]>): FusedLayer | null {
  if (config.activityRegularizer !== null) return null;
  if (layer.getClassName() === "Dense") return takesRows(layer) ? denseLayer : null;
  const { strides, padding, dilationRate, dataFormat } = config;
  if (layer.getClassName() !== "Conv2D" || dataFormat !== "channelsLast") return null;
  if (padding !== "same" && padding !== "valid") return null;
  if (!(dilationRate as number[]).every((rate) => rate === 1)) return null;
  const geometry = { strides: strides as [number, number], pad: padding } as const;
  return (inputs, activation) => convolutionLayer(inputs, geometry, activation);
}

/** Whether every input of the layer is a matrix `[batch, features]`; a layer may be applied several times. */
function takesRows(layer: Layer): boolean {
  return layer.inboundNodes.every(({ inputShapes }) =>
    inputShapes.every((shape) => Array.isArray(shape) && shape.length === 2),
  );
}

function isRelu(layer: Layer): boolean {
  return layer.getClassName() === "Activation" && layer.getConfig().activation === "relu";
}

let stockClasses: ReadonlySet<unknown> | undefined;

/** Whether a layer is of a TensorFlow.js class: a custom class of the same name may compute something else. */
function isStock(layer: Layer): boolean {
  stockClasses ??= new Set(
    [
      layers.dense({ units: 1, name: "dense" }),
      layers.conv2d({ filters: 1, kernelSize: 1, name: "conv2d" }),
      layers.flatten({ name: "flatten" }),
    ].map((layer) => layer.constructor),
  );
  return stockClasses.has(layer.constructor);
}
