import { featureMapSizes } from "../../learning/config/boxLimits.ts";
import { parseBoxConfig } from "../../learning/config/parseConfig.ts";
import type { BoxConfig, BoxModelConfig, Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";

/** The code that a workload times. */
export type Variant =
  /** This engine as learnproof runs it. */
  | "learnproof"
  /** The same engine through tf.layers, tf.variableGrads and tf.train.adam. */
  | "stock layers"
  /** TensorFlow.js alone, without learnproof's kernels. */
  | "stock";

/** How a workload is run. */
interface Manner {
  readonly engine: EngineName;
  readonly variant: Variant;
  /** A whole training step (forward, backward, update), or the forward pass alone. */
  readonly pass: "step" | "forward";
  /** Whether the probes of the trace are made. */
  readonly probes: boolean;
  /** How many threads the engine wasm computes on. */
  readonly threads: number;
}

/** One thing to time: a config's model on its first batch. */
export interface Workload extends Manner {
  readonly config: Config;
}

/** A box network to time, on a batch of so many pictures. */
export interface BoxWorkload extends Manner {
  readonly network: NetworkSize;
  readonly batch: number;
}

export interface NetworkSize {
  readonly imageSize: number;
  readonly filters: readonly number[];
  readonly hiddenUnits: readonly number[];
}

/** A training step as learnproof makes it on its default engine, on one thread. */
export const STEP = {
  engine: "wasm",
  variant: "learnproof",
  pass: "step",
  probes: false,
  threads: 1,
} as const;

/** The question's network on pictures of a given side. */
export function questionNetwork(imageSize: number): NetworkSize {
  return { imageSize, filters: [32, 64, 128], hiddenUnits: [100] };
}

/** A network so small that its time is mostly the overhead of kernel calls. */
export const TINY: NetworkSize = { imageSize: 8, filters: [2, 2, 2], hiddenUnits: [2] };

/** The config whose training step times a box network. */
export function configOf({ network, batch }: BoxWorkload): BoxConfig {
  return parseBoxConfig({
    model: { imageSize: network.imageSize, filters: network.filters, hiddenUnits: network.hiddenUnits },
    data: {
      examples: batch,
      heldOut: 0,
      boxSize: Math.max(1, network.imageSize / 4),
      noise: 0.4,
    },
    training: { batchSize: batch, steps: 1 },
  });
}

/**
 * Counts the floating-point operations of one pass over a batch: two for each multiply-add of the forward pass, and
 * three times that for a training step, since the gradients of the weights and of the input each cost as much again.
 */
export function operationsOf(workload: BoxWorkload): number {
  const forward = 2 * multiplyAdds(configOf(workload).model) * workload.batch;
  return workload.pass === "forward" ? forward : 3 * forward;
}

/** Multiply-adds of one picture's forward pass. */
function multiplyAdds(model: BoxModelConfig): number {
  let channels: number = model.channels;
  let total = 0;
  let features = 0;
  featureMapSizes(model).forEach((side, layer) => {
    const filters = model.filters[layer] as number;
    total += side ** 2 * filters * model.kernelSize ** 2 * channels;
    channels = filters;
    features = side ** 2 * filters;
  });
  for (const units of [...model.hiddenUnits, 2]) {
    total += features * units;
    features = units;
  }
  return total;
}
