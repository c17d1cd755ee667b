import { memory, tensor1d, type Variable, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { configSchema, type OptimizerConfig } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createOptimizer } from "../../../src/learning/optimizer/optimizer.ts";

const STEPS = 20;
const START = [1, -2, 0.5];
/** A gradient that changes sign and size from step to step. */
const gradientAt = (step: number) => START.map((start, index) => start * Math.cos(step + index));

/** The rules in double precision, one weight at a time, as Keras documents them. */
const RULES: readonly [object, (gradients: number[], weight: number) => number][] = [
  [
    { name: "sgd", learningRate: 0.1 },
    (gradients, weight) => gradients.reduce((w, g) => w - 0.1 * g, weight),
  ],
  [
    { name: "momentum", learningRate: 0.1, momentum: 0.8 },
    (gradients, weight) => {
      let velocity = 0;
      return gradients.reduce((w, g) => {
        velocity = 0.8 * velocity + g;
        return w - 0.1 * velocity;
      }, weight);
    },
  ],
  [
    { name: "rmsprop", learningRate: 0.1, decay: 0.7, epsilon: 0.01 },
    (gradients, weight) => {
      let square = 0;
      return gradients.reduce((w, g) => {
        square = 0.7 * square + 0.3 * g * g;
        return w - (0.1 * g) / (Math.sqrt(square) + 0.01);
      }, weight);
    },
  ],
  [
    { name: "adam", learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 0.01 },
    (gradients, weight) => {
      let [mean, square] = [0, 0];
      return gradients.reduce((w, g, index) => {
        mean = 0.8 * mean + 0.2 * g;
        square = 0.9 * square + 0.1 * g * g;
        const unbiased = mean / (1 - 0.8 ** (index + 1));
        return w - (0.1 * unbiased) / (Math.sqrt(square / (1 - 0.9 ** (index + 1))) + 0.01);
      }, weight);
    },
  ],
];

function configOf(optimizer: object): OptimizerConfig {
  return configSchema.parse({ training: { optimizer } }).training.optimizer;
}

/** A variable keeps the data of the tensor it starts from, not the tensor. */
function variableOf(values: number[]): Variable {
  const start = tensor1d(values);
  const created = variable(start);
  start.dispose();
  return created;
}

function run(
  config: OptimizerConfig,
  gradientOf: (step: number, weights: readonly number[]) => number[] = gradientAt,
): number[] {
  const optimizer = createOptimizer(config);
  const weights = variableOf(START);
  for (let step = 0; step < STEPS; step++) {
    const gradient = tensor1d(gradientOf(step, [...weights.dataSync()]));
    optimizer.update([weights], [gradient]);
    gradient.dispose();
  }
  const result = [...weights.dataSync()];
  weights.dispose();
  optimizer.dispose();
  return result;
}

describe.each(["wasm", "cpu"])("on the engine %s", (engine) => {
  beforeAll(async () => {
    await startEngine({ name: engine });
  });

  test.each(RULES)("%j moves weights as its rule says, over 20 steps", (optimizer, rule) => {
    const expected = START.map((weight, index) =>
      rule(
        Array.from({ length: STEPS }, (_, step) => gradientAt(step)[index] as number),
        weight,
      ),
    );

    run(configOf(optimizer)).forEach((weight, index) => {
      expect(Math.abs(weight - (expected[index] as number))).toBeLessThan(1e-5);
    });
  });

  // Decay applied to the weights instead (as AdamW does), or forgotten by one rule, breaks this.
  test.each(RULES)("%j has its weight decay added to the gradient", (optimizer) => {
    const added = run(configOf(optimizer), (step, weights) =>
      gradientAt(step).map((gradient, index) => gradient + 0.5 * (weights[index] as number)),
    );

    const decayed = run(configOf({ ...optimizer, weightDecay: 0.5 }));

    decayed.forEach((weight, index) => {
      expect(Math.abs(weight - (added[index] as number))).toBeLessThan(1e-5);
    });
    expect(decayed).not.toEqual(run(configOf(optimizer)));
  });

  test("a variable without a gradient stays, and nothing is left behind", () => {
    const before = memory().numTensors;
    const optimizer = createOptimizer(configOf({ name: "adam", learningRate: 1 }));
    const [moved, kept] = [variableOf([1]), variableOf([1])];
    const gradient = tensor1d([1]);

    optimizer.update([moved, kept], [gradient, null]);

    expect(moved.dataSync()[0]).not.toBe(1);
    expect(kept.dataSync()[0]).toBe(1);
    optimizer.dispose();
    for (const tensor of [moved, kept, gradient]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
