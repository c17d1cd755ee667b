import fc from "fast-check";
import { activations, kernelInitializers, outputActivations } from "../../learning/config/networkSchema.ts";
import type { BoxModelConfig, DenseModelConfig } from "../../learning/config/schema.ts";
import { coefficient, fraction, someOf } from "./someOf.ts";

const network = {
  outputActivation: fc.constantFrom(...outputActivations),
  kernelInitializer: fc.constantFrom(...kernelInitializers),
  useBias: fc.boolean(),
  batchNorm: fc.boolean(),
  dropout: fraction,
  l2: coefficient,
};

/** Any network for pictures of 9 to 24 pixels, up to 8 filters wide. Shrinks towards the smallest. */
export function modelConfig(): fc.Arbitrary<Partial<BoxModelConfig>> {
  const kernel = fc.integer({ min: 1, max: 7 });
  return fc
    .record({
      size: fc.record({
        imageSize: fc.integer({ min: 9, max: 24 }),
        channels: fc.constantFrom<(1 | 3)[]>(1, 3),
        filters: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
      }),
      knobs: someOf({
        kernelSize: kernel,
        strides: fc.integer({ min: 1, max: 3 }),
        padding: fc.constantFrom(...(["same", "valid"] as const)),
        hiddenUnits: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
        activation: fc.constantFrom(...activations),
        ...network,
      }),
    })
    .map(({ size, knobs }) => ({ ...size, ...knobs }));
}

/** Any fully connected network of up to 3 inputs, 3 hidden layers of 8 units, and 2 outputs. */
export function denseModelConfig(): fc.Arbitrary<Partial<DenseModelConfig>> {
  const layer = fc.record({
    units: fc.integer({ min: 1, max: 8 }),
    activation: fc.constantFrom(...activations),
  });
  return someOf({
    inputs: fc.integer({ min: 1, max: 3 }),
    hidden: fc.array(layer, { maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 2 }),
    ...network,
  });
}
