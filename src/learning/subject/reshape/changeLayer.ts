// Changes one layer of a topology: its size, activation, first weights, regularisation and dropout.

import type { ReworkConfig } from "../../config/schema.ts";
import { appliedToSteps, hasKernel, hasKernelWithin, type LayerJson, partsOf } from "../topologyJson.ts";
import { isActivation, isBent } from "./bends.ts";
import { dropLess } from "./dropping.ts";

/** Changes a layer as the rework asks; `isHidden` and `isLast` say where it stands, `bends` whether any hidden layer bends. */
export function changeLayer(
  layer: LayerJson,
  isHidden: boolean,
  isLast: boolean,
  bends: boolean,
  rework: ReworkConfig,
): LayerJson {
  const changes: Record<string, unknown> = {};
  const { config } = layer;
  const applied = appliedToSteps(layer);
  if (applied) changes.layer = changeLayer(applied, isHidden, isLast, bends, rework);
  if (rework.trainable) {
    changes.trainable = true;
    if (layer.class_name === "TracedLayer") changes.trains_all = true;
  }
  if (rework.l2 === 0) Object.assign(changes, withoutPenalties(config));
  // A table that starts alike for every code stays alike; any other start of a table is of its own kind.
  if (rework.kernelInitializer !== null && startsConstant(layer, "embeddings_initializer"))
    changes.embeddings_initializer = rework.kernelInitializer;
  if (hasKernel(layer)) {
    if (rework.kernelInitializer !== null && "kernel_initializer" in config) {
      changes.kernel_initializer = rework.kernelInitializer;
      // Kernels at a usual scale make little difference behind a bias that no input outweighs.
      if ("bias_initializer" in config && !isRecurrent(layer)) changes.bias_initializer = "zeros";
    }
    if (rework.useBias !== null && "use_bias" in config) changes.use_bias = rework.useBias;
    if (rework.l2 !== null && rework.l2 > 0 && "kernel_regularizer" in config)
      changes.kernel_regularizer = { class_name: "L1L2", config: { l1: 0, l2: rework.l2 } };
    const { width, leastUnits = 1 } = rework;
    if (isHidden && (width !== 1 || leastUnits > 1)) {
      for (const side of ["units", "filters"]) {
        if (typeof config[side] === "number")
          changes[side] = Math.max(leastUnits, Math.round((config[side] as number) * width));
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
  const parts = partsOf(layer);
  if (parts.length > 0) {
    const end = isLast ? parts.findLastIndex(hasKernelWithin) : parts.length;
    changes.layers = parts.map((part, at) => changePart(part, at >= end, bends, rework));
  }
  return { ...layer, config: { ...config, ...changes } };
}

/**
 * Changes a layer of a model that stands as a layer: its answers keep their shape, and what it may have learnt elsewhere stays.
 * Constants were learnt by nobody, and networks that come with weights hardly have units that saturate.
 */
function changePart(part: LayerJson, isLast: boolean, bends: boolean, rework: ReworkConfig): LayerJson {
  const { outputUnits: _units, ...others } = rework;
  const kept = {
    ...others,
    width: 1,
    leastUnits: 1,
    activation: isSaturating(part) || partsOf(part).length > 0 || !bends ? rework.activation : null,
    kernelInitializer: startsConstant(part) ? rework.kernelInitializer : null,
  };
  return changeLayer(part, !isLast, isLast, bends, kept);
}

function isSaturating({ config: { activation } }: LayerJson): boolean {
  return /^(hard_?)?sigmoid$|^tanh$/i.test(String(activation));
}

function startsConstant({ config }: LayerJson, weights = "kernel_initializer"): boolean {
  const initializer = config[weights];
  return /^(Zeros|Ones|Constant)$/i.test(String((initializer as LayerJson | undefined)?.class_name));
}

/** Keeps the layer, so that its neighbours stay connected, but lets it hand its inputs on as they are. */
export function withoutRescaling(layer: LayerJson): LayerJson {
  const { class_name: kind, config } = layer;
  if (/^(Keras)?Rescaling$/.test(kind)) return { ...layer, config: { ...config, scale: 1, offset: 0 } };
  if (kind === "KerasNormalization")
    return { ...layer, config: { ...config, axis: [], mean: [0], variance: [1] } };
  return layer;
}

function isRecurrent({ config }: LayerJson): boolean {
  return "recurrent_initializer" in config;
}

/** What takes the penalties of all weights of a layer: of kernels, biases, recurrent kernels and embeddings. */
function withoutPenalties(config: LayerJson["config"]): Record<string, null> {
  const penalties = Object.keys(config).filter(
    (key) => key.endsWith("_regularizer") && key !== "activity_regularizer",
  );
  return Object.fromEntries(penalties.map((key) => [key, null]));
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
