// Configs with any knobs in any combination, sound or not: for claims that hold of every run, such as that it has a
// verdict and the same digest twice.

import fc from "fast-check";
import { InputError } from "../../foundation/input/inputError.ts";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { Config } from "../../learning/config/schema.ts";
import { dataConfig, denseDataConfig } from "./dataConfig.ts";
import { lossConfig } from "./lossConfig.ts";
import { denseModelConfig, modelConfig } from "./modelConfig.ts";
import { optimizerConfig } from "./optimizerConfig.ts";
import { runSeed } from "./runSeed.ts";
import { fraction, someOf } from "./someOf.ts";

const recipe = {
  seed: runSeed(),
  training: someOf({
    loss: lossConfig(),
    optimizer: optimizerConfig(),
    batchSize: fc.integer({ min: 1, max: 64 }),
    steps: fc.integer({ min: 1, max: 50 }),
  }),
  thresholds: someOf({ varianceRatio: fraction, lossOverVariance: fraction }),
};

/** A config of the box regression as a person may write it, the knobs left out meaning their defaults. */
export function writtenBoxConfig(): fc.Arbitrary<Record<string, unknown>> {
  return someOf({ ...recipe, model: modelConfig(), data: dataConfig() }).filter(isAccepted);
}

/** The same of a fully connected network. */
export function writtenDenseConfig(): fc.Arbitrary<Record<string, unknown>> {
  return denseModelConfig().chain((model) =>
    someOf({ ...recipe, data: denseDataConfig(model.outputs ?? 1) }).map((config) => ({
      subject: "dense",
      ...config,
      model,
      data: config.data ?? { formula: Array(model.outputs ?? 1).fill("x0") },
    })),
  );
}

/**
 * Any config of either subject, with its defaults filled in; it trains in about a second at most. Shrinks towards
 * the smallest network with every knob at its default.
 */
export function anyConfig(): fc.Arbitrary<Config> {
  return fc.oneof({ withCrossShrink: true }, trainable(writtenBoxConfig()), trainable(writtenDenseConfig()));
}

/** Whole, and short: the default picture and the default 500 steps are for longer runs. */
function trainable(written: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Config> {
  return written.map((config) => {
    const { training, model, ...rest } = config as { training?: object; model?: object };
    const small = rest as { subject?: string };
    const smallest = small.subject === "dense" ? {} : { imageSize: 9, channels: 1, filters: [1] };
    return parseConfig({ ...rest, model: { ...smallest, ...model }, training: { steps: 10, ...training } });
  });
}

/** Convolutions with "valid" padding may use the picture up, and the config is refused. */
function isAccepted(config: unknown): boolean {
  try {
    parseConfig(config);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
