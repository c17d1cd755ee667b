// Configs that collapse to a constant, one region for each way that was measured to do so from every seed.

import fc from "fast-check";
import { parseBoxConfig } from "../../learning/config/parseConfig.ts";
import type { BoxConfig } from "../../learning/config/schema.ts";
import { runSeed } from "./runSeed.ts";
import { smallNetwork } from "./smallNetwork.ts";

/** Why a network of a region collapses. */
export type CollapseRegion = "zero weights" | "dead units" | "saturated units" | "untrained";

interface Recipe {
  readonly model: { readonly kernelInitializer?: "zeros"; readonly activation: "relu" | "tanh" | "sigmoid" };
  readonly optimizer: "adam" | "sgd";
  /** Both ends included. */
  readonly learningRates: readonly [least: number, most: number];
}

const REGIONS: Readonly<Record<CollapseRegion, readonly Recipe[]>> = {
  // Every unit of a layer gets the same gradient, 0: certain by construction.
  "zero weights": [
    {
      model: { kernelInitializer: "zeros", activation: "relu" },
      optimizer: "adam",
      learningRates: [1e-4, 0.3],
    },
  ],
  "dead units": [{ model: { activation: "relu" }, optimizer: "adam", learningRates: [0.3, 1] }],
  "saturated units": [
    { model: { activation: "tanh" }, optimizer: "adam", learningRates: [0.1, 0.3] },
    // At 0.1 one of 100 runs kept an output that moves.
    { model: { activation: "sigmoid" }, optimizer: "adam", learningRates: [0.15, 0.3] },
  ],
  // Their gradients are as at the start: the steps are too small to have left it.
  untrained: [
    { model: { activation: "relu" }, optimizer: "adam", learningRates: [1e-7, 3e-6] },
    { model: { activation: "relu" }, optimizer: "sgd", learningRates: [1e-5, 3e-4] },
  ],
};

/**
 * A config whose predictions collapse to a constant from whatever seed it draws. Shrinks towards the narrowest
 * network, and weights of zero.
 *
 * @param region one way to collapse. @defaultValue any of them
 */
export function collapsingConfig(region?: CollapseRegion): fc.Arbitrary<BoxConfig> {
  const recipes = region === undefined ? Object.values(REGIONS).flat() : REGIONS[region];
  return fc.oneof({ withCrossShrink: true }, ...recipes.map(configOf));
}

function configOf({ model, optimizer, learningRates: [min, max] }: Recipe): fc.Arbitrary<BoxConfig> {
  return fc
    .record({
      seed: runSeed(),
      network: smallNetwork(),
      learningRate: fc.double({ min, max, noNaN: true }),
      examples: fc.integer({ min: 200, max: 400 }),
      noise: fc.double({ min: 0.2, max: 0.4, noNaN: true }),
    })
    .map(({ seed, network, learningRate, ...data }) =>
      parseBoxConfig({
        seed,
        model: { ...network, ...model },
        data: { ...data, heldOut: 50, boxSize: 4 },
        training: { optimizer: { name: optimizer, learningRate }, steps: 200 },
      }),
    );
}
