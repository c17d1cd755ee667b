import fc from "fast-check";
import { LARGEST_SEED } from "../../../src/foundation/random/seed.ts";
import {
  activations,
  kernelInitializers,
  outputActivations,
} from "../../../src/learning/config/networkSchema.ts";
import { parseBoxConfig } from "../../../src/learning/config/parseConfig.ts";
import type { BoxConfig } from "../../../src/learning/config/schema.ts";

const fraction = fc.double({ min: 0, max: 0.999, noNaN: true });
const rate = fc.double({ min: 0, max: 10, noNaN: true });
const positive = fc.double({ min: 1e-9, max: 10, noNaN: true });
const range = fc
  .tuple(fc.integer({ min: -1000, max: 999 }), fc.integer({ min: 1, max: 1000 }))
  .map(([low, length]) => [low, low + length] as const);

/** Each field present or left to its default. */
function some<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const model = some({
  imageSize: fc.integer({ min: 9, max: 64 }),
  channels: fc.constantFrom(1, 3),
  filters: fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 4 }),
  kernelSize: fc.integer({ min: 1, max: 7 }),
  strides: fc.integer({ min: 1, max: 3 }),
  padding: fc.constant("same"),
  hiddenUnits: fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 3 }),
  activation: fc.constantFrom(...activations),
  outputActivation: fc.constantFrom(...outputActivations),
  kernelInitializer: fc.constantFrom(...kernelInitializers),
  useBias: fc.boolean(),
  batchNorm: fc.boolean(),
  dropout: fraction,
  l2: rate,
});

const data = some({
  examples: fc.integer({ min: 1, max: 1000 }),
  heldOut: fc.integer({ min: 0, max: 1000 }),
  boxSize: fc.integer({ min: 1, max: 8 }),
  noise: fraction,
  background: fc.constantFrom("plain", "contrast"),
  inputRange: range,
  targetRange: range,
});

const name = <const N extends string>(word: N) => fc.constant(word);

const training = some({
  loss: fc.oneof(
    fc.record({ name: name("mse") }),
    fc.record({ name: name("mae") }),
    fc.record({ name: name("huber"), delta: positive }, { requiredKeys: ["name"] }),
    fc.record({ name: name("msle"), epsilon: positive }, { requiredKeys: ["name"] }),
    fc.record({ name: name("mse+msle"), alpha: rate, epsilon: positive }, { requiredKeys: ["name"] }),
  ),
  optimizer: fc.oneof(
    some({ learningRate: rate, beta1: fraction, beta2: fraction, epsilon: rate, weightDecay: rate }),
    fc.record({ name: name("sgd"), learningRate: rate, weightDecay: rate }, { requiredKeys: ["name"] }),
    fc.record({ name: name("momentum"), learningRate: rate, momentum: fraction }, { requiredKeys: ["name"] }),
    fc.record({ name: name("rmsprop"), decay: fraction, epsilon: rate }, { requiredKeys: ["name"] }),
  ),
  batchSize: fc.integer({ min: 1, max: 128 }),
  steps: fc.integer({ min: 1, max: 1000 }),
});

/** A config as a person may write it: any knobs in any combination, the others left out. */
export const writtenConfig: fc.Arbitrary<Record<string, unknown>> = some({
  seed: fc.noShrink(fc.integer({ min: 1, max: LARGEST_SEED })),
  model,
  data,
  training,
  thresholds: some({ varianceRatio: fraction, lossOverVariance: fraction }),
});

/** The same with its defaults filled in. */
export const wholeConfig: fc.Arbitrary<BoxConfig> = writtenConfig.map(parseBoxConfig);
