// Changes a model through its JSON topology, which needs no knowledge of the code that built it.

import type { io } from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import type { ReworkConfig } from "../config/schema.ts";
import { ACTIVATION_CLASSES } from "./activationClasses.ts";
import { reshapeModel } from "./reshape/reshapeModel.ts";
import { hasKernel, type LayerJson, type ModelJson, type Reference } from "./topologyJson.ts";
import { withinBudget } from "./weightBudget.ts";

/** Whether the rework changes anything. */
export function isReworked(rework: ReworkConfig): boolean {
  const {
    width,
    layers,
    ownLoss: _loss,
    ownOptimizer: _optimizer,
    lossWeights: _weights,
    ...others
  } = rework;
  return width !== 1 || layers > 0 || Object.values(others).some((value) => (value ?? null) !== null);
}

/** Builds the model with the requested changes and new weights. The caller disposes both models. */
export async function rebuild(model: LayersModel, rework: ReworkConfig): Promise<LayersModel> {
  const json = changeModel(model.toJSON(null, false) as unknown as ModelJson, rework);
  try {
    const artifacts = { modelTopology: json } as io.ModelArtifacts;
    return await withinBudget("rework", () => loadLayersModel({ load: async () => artifacts }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "conflict",
      field: "rework",
      message: `must leave a model that TensorFlow.js can build (${reasonOf(error)}); register the model's own layers with serialization.registerClass, or take the change back`,
      got: rework,
    });
  }
}

function changeModel(model: ModelJson, rework: ReworkConfig): ModelJson {
  const { layers } = model.config;
  const last = layers.findLastIndex(hasKernel);
  const ends = endsOf(model);
  if (ends && rework.outputActivation !== null)
    throw new InputError({
      code: "conflict",
      field: "rework.outputActivation",
      message:
        "must be null for a model of several outputs, each of which has its own; change them in buildModel",
      got: rework.outputActivation,
    });
  const isHidden = (layer: LayerJson, place: number) =>
    ends ? !ends.has(String(layer.config.name)) : place < last;
  const bends = layers.some(
    (layer, place) => isHidden(layer, place) && (isActivation(layer) || isBent(layer)),
  );
  const first = layers.findIndex(hasKernel);
  const kept = bound(layers);
  const taken = layers
    .map((layer, place) => (rework.rescaling === false && place < first ? withoutRescaling(layer) : layer))
    .map((layer) => (rework.dropout === null ? layer : dropWithin(layer, rework.dropout)));
  const changed = taken.map((layer, place) =>
    changeLayer(
      layer,
      isHidden(layer, place),
      ends ? false : place >= last,
      bends,
      kept.has(String(layer.config.name)) ? { ...rework, width: 1 } : rework,
    ),
  );
  const deeper = rework.layers > 0 ? deepen(model, changed, last, rework.layers) : changed;
  return reshapeModel({ ...model, config: { ...model.config, layers: deeper } }, rework);
}

/**
 * Finds the layers that make the outputs of a model with several: each output's last layer with a kernel, and those
 * behind it. Returns null for a model with one output, whose last layer with a kernel is the last in the list.
 */
function endsOf({ config: { layers, output_layers: outputs = [] } }: ModelJson): ReadonlySet<string> | null {
  if (outputs.length < 2) return null;
  return kernelsBehind(
    layers,
    outputs.map(([name]) => name),
  );
}

/** The layers with a kernel that lead to the named ones, each the last on its way, and what stands after them. */
function kernelsBehind(layers: readonly LayerJson[], names: readonly string[]): ReadonlySet<string> {
  const waiting = [...names];
  const ends = new Set<string>();
  const byName = new Map(layers.map((layer) => [String(layer.config.name), layer]));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const layer = byName.get(name);
    if (!layer || ends.has(name)) continue;
    ends.add(name);
    if (!hasKernel(layer)) waiting.push(...sourcesOf(layer, layers));
  }
  return ends;
}

/** Names of the layers that a layer takes; in a sequence it is the one before it. */
function sourcesOf(layer: LayerJson, layers: readonly LayerJson[]): string[] {
  if (layer.inbound_nodes) return layer.inbound_nodes.flat().map(([from]) => from);
  return layers
    .slice(0, layers.indexOf(layer))
    .slice(-1)
    .map((before) => String(before.config.name));
}

/** The layers before those that were captured as operations on inputs of fixed shapes. */
function bound(layers: readonly LayerJson[]): ReadonlySet<string> {
  const captured = layers.filter((layer) => layer.class_name === "TracedLayer");
  return kernelsBehind(
    layers,
    captured.flatMap((layer) => sourcesOf(layer, layers)),
  );
}

function changeLayer(
  layer: LayerJson,
  isHidden: boolean,
  isLast: boolean,
  bends: boolean,
  rework: ReworkConfig,
): LayerJson {
  const changes: Record<string, unknown> = {};
  const { config } = layer;
  if (rework.trainable) {
    changes.trainable = true;
    if (layer.class_name === "TracedLayer") changes.trains_all = true;
  }
  if (hasKernel(layer)) {
    if (rework.kernelInitializer !== null && "kernel_initializer" in config) {
      changes.kernel_initializer = rework.kernelInitializer;
      // Kernels at a usual scale make little difference behind a bias that no input outweighs.
      if ("bias_initializer" in config && !isRecurrent(layer)) changes.bias_initializer = "zeros";
    }
    if (rework.useBias !== null && "use_bias" in config) changes.use_bias = rework.useBias;
    if (rework.l2 !== null && "kernel_regularizer" in config)
      changes.kernel_regularizer =
        rework.l2 > 0 ? { class_name: "L1L2", config: { l1: 0, l2: rework.l2 } } : null;
    if (isHidden && rework.width !== 1) {
      for (const side of ["units", "filters"]) {
        if (typeof config[side] === "number")
          changes[side] = Math.max(1, Math.round((config[side] as number) * rework.width));
      }
    }
    // If all hidden layers are linear, every one of them gets the activation.
    if (
      isHidden &&
      rework.activation !== null &&
      (isBent(layer) || !bends) &&
      suits(layer, rework.activation)
    )
      changes.activation = rework.activation;
    if (isLast && rework.outputActivation !== null) changes.activation = rework.outputActivation;
    if (isLast && rework.outputUnits !== undefined)
      for (const side of ["units", "filters"]) if (side in config) changes[side] = rework.outputUnits;
  }
  if (rework.underRoots !== undefined && layer.class_name === "TracedLayer")
    changes.under_roots = rework.underRoots;
  if (rework.penalty !== undefined) Object.assign(changes, penalise(layer, rework.penalty));
  if (rework.dropout !== null) Object.assign(changes, dropLess(layer, rework.dropout));
  if (isActivation(layer)) {
    // An activation layer behind the last kernel layer is the output's; it becomes linear, since the kernel layer
    // itself gets the new activation.
    if (isLast && rework.outputActivation !== null) return asActivation(layer, "linear");
    if (isHidden && rework.activation !== null) return asActivation(layer, rework.activation);
  }
  const { layers: parts } = config as { layers?: readonly LayerJson[] };
  if (Array.isArray(parts)) changes.layers = parts.map((part) => changePart(part, bends, rework));
  return { ...layer, config: { ...config, ...changes } };
}

/** Changes a layer of a nested model in what leaves its answers of the shape that they are, and what it has learnt before. */
function changePart(part: LayerJson, bends: boolean, rework: ReworkConfig): LayerJson {
  const kept = { ...rework, width: 1, activation: null, kernelInitializer: null };
  return changeLayer(part, true, false, bends, kept);
}

/** Keeps the layer, so that its neighbours stay connected, but lets it hand its inputs on as they are. */
function withoutRescaling(layer: LayerJson): LayerJson {
  return /^(Keras)?Rescaling$/.test(layer.class_name)
    ? { ...layer, config: { ...layer.config, scale: 1, offset: 0 } }
    : layer;
}

const DROPPING = /^(Spatial|Gaussian|Alpha)?Dropout([123]D)?$/;
const NOISE = "GaussianNoise";
/** Layers that change images in training; see the layers of Keras. */
const AUGMENTATION = /^KerasRandom(Transform|Colour)$/;
/** Noise that evaluation has as well; see the layers of Keras. */
const STEADY = "KerasSteadyNoise";

/**
 * Gives a layer that drops units another rate. A rate of 0 also ends noise, augmentation, and the dropout within recurrent layers;
 * any other rate leaves these as they are.
 */
function dropLess({ class_name: kind, config }: LayerJson, rate: number): Record<string, unknown> {
  if (DROPPING.test(kind)) return { rate };
  if (kind === STEADY) return rate === 0 ? { rate, stddev: 0 } : { rate };
  if (rate > 0) return {};
  if (kind === NOISE) return { stddev: 0 };
  if (AUGMENTATION.test(kind)) return { strength: 0 };
  const own = ["dropout", "recurrent_dropout"].filter((key) => typeof config[key] === "number");
  return Object.fromEntries(own.map((key) => [key, 0]));
}

/** Gives the layers within a model that stands as a layer another rate, such as those of an augmentation. */
function dropWithin(layer: LayerJson, rate: number): LayerJson {
  const { layers } = layer.config as { readonly layers?: readonly LayerJson[] };
  if (!Array.isArray(layers)) return layer;
  const within = layers.map((inner: LayerJson) =>
    dropWithin({ ...inner, config: { ...inner.config, ...dropLess(inner, rate) } }, rate),
  );
  return { ...layer, config: { ...layer.config, layers: within } };
}

function isRecurrent({ config }: LayerJson): boolean {
  return "recurrent_initializer" in config;
}

/** Multiplies what a layer adds to the loss for what it answers. */
function penalise({ class_name: kind, config }: LayerJson, factor: number): Record<string, unknown> {
  if (kind === "TracedLayer") return { penalty: factor * ((config.penalty as number | undefined) ?? 1) };
  if (kind !== "ActivityRegularization") return {};
  return { l1: factor * (config.l1 as number), l2: factor * (config.l2 as number) };
}

/** A recurrent layer applies its activation at every step, so that one without a bound may grow without a bound. */
function suits(layer: LayerJson, activation: string): boolean {
  return !(isRecurrent(layer) && /elu$/.test(activation));
}

function asActivation(layer: LayerJson, activation: string): LayerJson {
  return {
    ...layer,
    class_name: "Activation",
    config: { name: layer.config.name, trainable: true, activation },
  };
}

function deepen(model: ModelJson, layers: readonly LayerJson[], last: number, more: number): LayerJson[] {
  if (last >= 0 && !endsOf(model) && !layers.slice(0, last).some(hasKernel))
    return insertHidden(layers, last, more);
  const place = layers.findLastIndex((layer, at) => at < last && layer.class_name === "Dense");
  const pattern = layers[place];
  if (model.class_name !== "Sequential" || !pattern)
    throw new InputError({
      code: "conflict",
      field: "rework.layers",
      message: "must be 0 for a model whose hidden layers are no chain with a dense one; widen it instead",
      got: more,
    });
  // The copies go behind the layer's activation if that is a separate layer.
  const behind = isActivation(layers[place + 1]) ? place + 2 : place + 1;
  const group = layers.slice(place, behind);
  const copies = Array.from({ length: more }, (_, copy) =>
    group.map((layer) => {
      const { batch_input_shape: _shape, ...config } = layer.config;
      return { ...layer, config: { ...config, name: `${config.name}-${copy + 2}` } };
    }),
  );
  return [...layers.slice(0, behind), ...copies.flat(), ...layers.slice(behind)];
}

/** Units of a layer that is put into a network without any hidden one. */
const NEW_UNITS = 16;

/** Puts hidden dense layers in front of the last one, whose inputs they take over. */
function insertHidden(layers: readonly LayerJson[], last: number, more: number): LayerJson[] {
  const { batch_input_shape: shape, ...config } = (layers[last] as LayerJson).config;
  const { inbound_nodes: inbound, ...end } = layers[last] as LayerJson;
  const nameOf = (place: number) => `${config.name}-hidden-${place + 1}`;
  const added = Array.from({ length: more }, (_, place): LayerJson => {
    const given = place === 0 ? inbound : [[[nameOf(place - 1), 0, 0, {}] as Reference]];
    return {
      class_name: "Dense",
      config: {
        name: nameOf(place),
        units: NEW_UNITS,
        activation: "relu",
        trainable: true,
        ...(place === 0 && shape !== undefined && { batch_input_shape: shape }),
      },
      ...(inbound && { name: nameOf(place), inbound_nodes: given }),
    } as LayerJson;
  });
  const ending: LayerJson = {
    ...end,
    config,
    ...(inbound && { inbound_nodes: [[[nameOf(more - 1), 0, 0, {}] as Reference]] }),
  };
  return [...layers.slice(0, last), ...added, ending, ...layers.slice(last + 1)];
}

/**
 * Whether the layer has a nonlinear activation that can be replaced. Recurrent layers are excluded, because their
 * activation is part of the recurrent cell.
 */
function isBent({ class_name, config }: LayerJson): boolean {
  const { activation } = config;
  return !/LSTM|GRU|RNN/.test(class_name) && activation !== undefined && activation !== "linear";
}

function isActivation(layer: LayerJson | undefined): boolean {
  return layer !== undefined && ACTIVATION_CLASSES.has(layer.class_name);
}
