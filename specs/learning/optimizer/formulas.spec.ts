import { type Tensor, tensor, type Variable, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { optimizerNames } from "../../../src/learning/config/optimizerSchema.ts";
import { configSchema, type OptimizerConfig } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createOptimizer } from "../../../src/learning/optimizer/optimizer.ts";

/** One weight's step: its gradient, with the decay in it already, to what is taken from the weight. */
type Step = (gradient: number) => number;

/** Each optimizer with numbers of its own, and its formula in double precision as its authors or Keras write it. */
const ROWS: readonly [Readonly<Record<string, number>>, OptimizerConfig["name"], () => Step][] = [
  [{ learningRate: 0.1 }, "sgd", () => (g) => 0.1 * g],
  [
    { learningRate: 0.1, momentum: 0.8 },
    "momentum",
    () => {
      let velocity = 0;
      return (g) => {
        velocity = 0.8 * velocity + g;
        return 0.1 * velocity;
      };
    },
  ],
  [
    { learningRate: 0.1, decay: 0.7, epsilon: 0.02 },
    "rmsprop",
    () => {
      let square = 0;
      return (g) => {
        square = 0.7 * square + 0.3 * g ** 2;
        return (0.1 * g) / (Math.sqrt(square) + 0.02);
      };
    },
  ],
  [
    { learningRate: 0.1, initialAccumulator: 0.3, epsilon: 0.02 },
    "adagrad",
    () => {
      let total = 0.3;
      return (g) => {
        total += g ** 2;
        return (0.1 * g) / (Math.sqrt(total) + 0.02);
      };
    },
  ],
  [
    { learningRate: 0.8, decay: 0.7, epsilon: 0.02 },
    "adadelta",
    () => {
      let [gradients, steps] = [0, 0];
      return (g) => {
        gradients = 0.7 * gradients + 0.3 * g ** 2;
        const step = g * Math.sqrt((steps + 0.02) / (gradients + 0.02));
        steps = 0.7 * steps + 0.3 * step ** 2;
        return 0.8 * step;
      };
    },
  ],
  [
    { learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 0.02 },
    "adam",
    () => {
      let [mean, square, time] = [0, 0, 0];
      return (g) => {
        time++;
        mean = 0.8 * mean + 0.2 * g;
        square = 0.9 * square + 0.1 * g ** 2;
        return (0.1 * mean) / (1 - 0.8 ** time) / (Math.sqrt(square / (1 - 0.9 ** time)) + 0.02);
      };
    },
  ],
  [
    { learningRate: 0.1, beta1: 0.8, beta2: 0.6, epsilon: 0.02 },
    "adamax",
    () => {
      let [mean, largest, time] = [0, 0, 0];
      return (g) => {
        time++;
        mean = 0.8 * mean + 0.2 * g;
        largest = Math.max(0.6 * largest, Math.abs(g));
        return (0.1 / (1 - 0.8 ** time)) * (mean / (largest + 0.02));
      };
    },
  ],
  [{ learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 0.02, momentumDecay: 0.7 }, "nadam", nadam],
];

/** Lion's steps, a variant below, have one size. Those of the others depend on the weights: Keras's numbers hold them. */
const ELSEWHERE = ["lion", "ftrl", "adafactor", "lamb", "muon"];

/** Keras 3's Nadam. */
function nadam(): Step {
  let [mean, square, time, product] = [0, 0, 0, 1];
  const momentumAt = (step: number) => 0.8 * (1 - 0.5 * 0.7 ** step);
  return (g) => {
    time++;
    product *= momentumAt(time);
    mean = 0.8 * mean + 0.2 * g;
    square = 0.9 * square + 0.1 * g ** 2;
    const next = momentumAt(time + 1);
    const ahead = (next * mean) / (1 - product * next) + ((1 - momentumAt(time)) * g) / (1 - product);
    return (0.1 * ahead) / (Math.sqrt(square / (1 - 0.9 ** time)) + 0.02);
  };
}

/** RMSProp as Keras 3 and TensorFlow.js have it. */
function rmspropInside(centered: boolean): Step {
  let [square, mean, velocity] = [0, 0, 0];
  return (g) => {
    square = 0.7 * square + 0.3 * g ** 2;
    mean = 0.7 * mean + 0.3 * g;
    velocity = 0.6 * velocity + (0.1 * g) / Math.sqrt(square - (centered ? mean ** 2 : 0) + 0.02);
    return velocity;
  };
}

/** Variants of the optimizers, with the formula of each as Keras writes it. */
const VARIANTS: readonly [object, OptimizerConfig["name"], () => Step][] = [
  [
    { learningRate: 0.1, momentum: 0.8, nesterov: true },
    "momentum",
    () => {
      let velocity = 0;
      return (g) => {
        velocity = 0.8 * velocity - 0.1 * g;
        return -(0.8 * velocity - 0.1 * g);
      };
    },
  ],
  [
    { learningRate: 0.1, decay: 0.7, epsilon: 0.02, epsilonPlace: "insideRoot", momentum: 0.6 },
    "rmsprop",
    () => rmspropInside(false),
  ],
  [
    {
      learningRate: 0.1,
      decay: 0.7,
      epsilon: 0.02,
      epsilonPlace: "insideRoot",
      momentum: 0.6,
      centered: true,
    },
    "rmsprop",
    () => rmspropInside(true),
  ],
  [
    { learningRate: 0.1, initialAccumulator: 0.3, epsilon: 0.2, epsilonPlace: "insideRoot" },
    "adagrad",
    () => {
      let total = 0.3;
      return (g) => {
        total += g ** 2;
        return (0.1 * g) / Math.sqrt(total + 0.2);
      };
    },
  ],
  [
    { learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 0.2, epsilonPlace: "beforeCorrection" },
    "adam",
    () => {
      let [mean, square, time] = [0, 0, 0];
      return (g) => {
        time++;
        mean = 0.8 * mean + 0.2 * g;
        square = 0.9 * square + 0.1 * g ** 2;
        const rate = (0.1 * Math.sqrt(1 - 0.9 ** time)) / (1 - 0.8 ** time);
        return (rate * mean) / (Math.sqrt(square) + 0.2);
      };
    },
  ],
  [
    { learningRate: 0.1, beta1: 0.8, beta2: 0.5, epsilon: 0.02, amsgrad: true },
    "adam",
    () => {
      let [mean, square, largest, time] = [0, 0, 0, 0];
      return (g) => {
        time++;
        mean = 0.8 * mean + 0.2 * g;
        square = 0.5 * square + 0.5 * g ** 2;
        largest = Math.max(largest, square);
        return (0.1 * mean) / (1 - 0.8 ** time) / (Math.sqrt(largest / (1 - 0.5 ** time)) + 0.02);
      };
    },
  ],
  [
    { learningRate: 0.1, beta1: 0.4, beta2: 0.6 },
    "lion",
    () => {
      let mean = 0;
      return (g) => {
        const direction = Math.sign(0.4 * mean + 0.6 * g);
        mean = 0.6 * mean + 0.4 * g;
        return 0.1 * direction;
      };
    },
  ],
  [{ learningRate: 0.1, clipValue: 0.2 }, "sgd", () => (g) => 0.1 * Math.max(-0.2, Math.min(0.2, g))],
  [
    { learningRate: 0.1, schedule: { name: "inverseTime", decayRate: 0.5, decaySteps: 2 } },
    "sgd",
    () => {
      let time = 0;
      return (g) => (0.1 / (1 + (0.5 * time++) / 2)) * g;
    },
  ],
  [
    {
      learningRate: 0.1,
      momentum: 0.8,
      schedule: { name: "exponential", decayRate: 0.5, decaySteps: 2, staircase: true },
    },
    "momentum",
    () => {
      let [time, velocity] = [0, 0];
      return (g) => {
        velocity = 0.8 * velocity + 0.1 * 0.5 ** Math.floor(time++ / 2) * g;
        return velocity;
      };
    },
  ],
];

const STEPS = 5;
/** Two variables of different shapes: moments that are mixed up do not even fit. */
const VARIABLES = [
  { shape: [3], start: [1, -2, 3] },
  { shape: [2, 2], start: [4, -5, 6, 1.5] },
] as const;
/** It changes its sign and its size, and is small at times, so that every number of every formula counts. */
const gradientAt = (step: number, place: number) => (1 + place) * 0.3 * Math.cos(1.3 * step + place);

/** The weights of all variables after the steps, one after another, by the formula. */
function expectedWeights(formula: () => Step, weightDecay: number): number[] {
  return VARIABLES.flatMap(({ start }) =>
    start.map((begin, place) => {
      const step = formula();
      let weight: number = begin;
      for (let time = 0; time < STEPS; time++) weight -= step(gradientAt(time, place) + weightDecay * weight);
      return weight;
    }),
  );
}

/** The same by the optimizer; its gradients are multiplied by `factor`. */
function trainedWeights(config: OptimizerConfig, factor = 1): number[] {
  const optimizer = createOptimizer(config);
  const variables = VARIABLES.map(({ start, shape }) => variableOf(tensor([...start], [...shape])));
  for (let time = 0; time < STEPS; time++) {
    const gradients = VARIABLES.map(({ start, shape }) =>
      tensor(
        start.map((_, place) => factor * gradientAt(time, place)),
        [...shape],
      ),
    );
    optimizer.update(variables, gradients);
    for (const gradient of gradients) gradient.dispose();
  }
  const weights = variables.flatMap((one) => [...one.dataSync()]);
  for (const one of variables) one.dispose();
  optimizer.dispose();
  return weights;
}

/** A variable keeps the data of the tensor it starts from, not the tensor. */
function variableOf(start: Tensor): Variable {
  const created = variable(start);
  start.dispose();
  return created;
}

function configOf(numbers: object, name: string): OptimizerConfig {
  return configSchema.parse({ training: { optimizer: { name, ...numbers } } }).training.optimizer;
}

/** The largest difference of a weight, over its size. */
function difference(weights: readonly number[], expected: readonly number[]): number {
  expect(weights).toHaveLength(expected.length);
  return Math.max(
    ...expected.map((weight, index) => Math.abs((weights[index] as number) - weight) / Math.abs(weight)),
  );
}

const TOLERANCE = 1e-5;
const WEIGHT_DECAYS = [0, 0.05];
const ROWS_WITH_DECAYS = ROWS.flatMap(([numbers, name, formula]) =>
  WEIGHT_DECAYS.map((weightDecay) => ({ numbers: { ...numbers, weightDecay }, name, formula, weightDecay })),
);

test("every optimizer that a config may name has a formula here", () => {
  expect([...ROWS.map(([, name]) => name), ...ELSEWHERE].sort()).toEqual([...optimizerNames].sort());
});

describe.each(["wasm", "cpu"])("on the engine %s", (engine) => {
  beforeAll(async () => {
    await startEngine({ name: engine });
  });

  test.each(ROWS_WITH_DECAYS)("$name with weightDecay $weightDecay follows its formula", (row) => {
    const expected = expectedWeights(row.formula, row.weightDecay);

    expect(difference(trainedWeights(configOf(row.numbers, row.name)), expected)).toBeLessThan(TOLERANCE);
  });

  test.each(VARIANTS)("the variant %j of %s follows its formula", (numbers, name, formula) => {
    const expected = expectedWeights(formula, 0);

    expect(difference(trainedWeights(configOf(numbers, name)), expected)).toBeLessThan(TOLERANCE);
  });

  test.each(VARIANTS)("the variant %j of %s differs from plain %s", (numbers, name, formula) => {
    const { learningRate } = numbers as { learningRate: number };

    expect(
      difference(trainedWeights(configOf({ learningRate }, name)), expectedWeights(formula, 0)),
    ).toBeGreaterThan(TOLERANCE);
  });

  test("clipNorm shortens each variable's gradient to its norm, and globalClipNorm all together", () => {
    // The gradient of the first variable has the norm 5, that of the second 12; together it is 13.
    const step = (fields: object) => {
      const optimizer = createOptimizer(configOf({ learningRate: 1, ...fields }, "sgd"));
      const variables = [variableOf(tensor([0, 0])), variableOf(tensor([0]))];
      const gradients = [tensor([3, 4]), tensor([12])];
      optimizer.update(variables, [gradients[0] ?? null, gradients[1] ?? null]);
      const moved = variables.flatMap((one) => [...one.dataSync()].map((weight) => -weight));
      for (const one of [...variables, ...gradients]) one.dispose();
      optimizer.dispose();
      return moved;
    };
    const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 5));

    expect(step({})).toEqual([3, 4, 12]);
    expect(step({ clipNorm: 2.5 })).toEqual(close([1.5, 2, 2.5]));
    expect(step({ clipNorm: 6 })).toEqual(close([3, 4, 6]));
    expect(step({ globalClipNorm: 6.5 })).toEqual(close([1.5, 2, 6]));
    expect(step({ clipValue: 3.5 })).toEqual(close([3, 3.5, 3.5]));
  });

  test("averages replace the weights at the end of a run, and between where they are told to", () => {
    const weightsAfter = (averaging: object) => {
      const optimizer = createOptimizer(configOf({ learningRate: 1, averaging }, "sgd"));
      const weights = variableOf(tensor([0]));
      const seen = [1, 2, 4].map((size) => {
        const gradient = tensor([-size]);
        optimizer.update([weights], [gradient]);
        gradient.dispose();
        return weights.dataSync()[0];
      });
      optimizer.finish?.([weights]);
      const [last] = weights.dataSync();
      for (const one of [weights, optimizer]) one.dispose();
      return [...seen, last];
    };

    expect(weightsAfter({ momentum: 0.5 })).toEqual([1, 3, 7, 4.5]);
    expect(weightsAfter({ momentum: 0.5, every: 2 })).toEqual([1, 2, 6, 4]);
  });

  test("decoupledWeightDecay takes learning rate × decay × weight from each weight", () => {
    const weights = trainedWeights(configOf({ learningRate: 0.1, decoupledWeightDecay: 0.5 }, "sgd"));
    const expected = VARIABLES.flatMap(({ start }) =>
      start.map((begin, place) => {
        let weight: number = begin;
        for (let time = 0; time < STEPS; time++) weight = 0.95 * weight - 0.1 * gradientAt(time, place);
        return weight;
      }),
    );

    expect(difference(weights, expected)).toBeLessThan(TOLERANCE);
  });

  // A coefficient stays below 1 where it is halved, and the others may as well be doubled.
  test.each(ROWS_WITH_DECAYS)("a factor of 2 in $name with weightDecay $weightDecay is refused", (row) => {
    const expected = expectedWeights(row.formula, row.weightDecay);
    const wrong = Object.entries(row.numbers)
      .filter(([, value]) => value !== 0)
      .map(([key, value]) => ({ ...row.numbers, [key]: 2 * value < 1 ? 2 * value : value / 2 }));

    expect(difference(trainedWeights(configOf(row.numbers, row.name), 2), expected)).toBeGreaterThan(
      TOLERANCE,
    );
    for (const numbers of wrong) {
      expect(difference(trainedWeights(configOf(numbers, row.name)), expected)).toBeGreaterThan(TOLERANCE);
    }
  });
});
