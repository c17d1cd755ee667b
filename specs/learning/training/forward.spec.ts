import { test as property } from "@fast-check/vitest";
import { type Tensor, tensor, tidy, type Variable, variableGrads } from "@tensorflow/tfjs-core";
import {
  model as functionalModel,
  input as inputOf,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import {
  activations,
  kernelInitializers,
  outputActivations,
} from "../../../src/learning/config/networkSchema.ts";
import { parseBoxConfig } from "../../../src/learning/config/parseConfig.ts";
import { createCriterion } from "../../../src/learning/loss/criterion.ts";
import { createLoss } from "../../../src/learning/loss/loss.ts";
import { buildBoxNetwork } from "../../../src/learning/subject/boxNetwork.ts";
import { planForward } from "../../../src/learning/training/forward.ts";
import { planGradients, trainableVariables } from "../../../src/learning/training/gradients.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const network = fc
  .record({
    filters: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 2 }),
    kernelSize: fc.integer({ min: 1, max: 4 }),
    strides: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom("same", "valid"),
    hiddenUnits: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
    activation: fc.constantFrom(...activations),
    outputActivation: fc.constantFrom(...outputActivations),
    kernelInitializer: fc.constantFrom(...kernelInitializers.filter((name) => name !== "zeros")),
    useBias: fc.boolean(),
    batchNorm: fc.boolean(),
    channels: fc.constantFrom(1, 3),
  })
  .map(({ kernelSize, ...model }) => {
    // Without padding, a larger kernel would use up the picture in the second convolution.
    const fitting = model.padding === "valid" ? Math.min(kernelSize, 3) : kernelSize;
    return parseBoxConfig({ model: { ...model, kernelSize: fitting, imageSize: 12 }, data: { boxSize: 2 } })
      .model;
  });

const batchSize = fc.integer({ min: 1, max: 4 });

function uniform(count: number, name: string): Float32Array {
  const stream = seedStream(1, name);
  return Float32Array.from({ length: count }, () => stream.uniform());
}

/** Moves biases off 0, where adding them to the wrong thing would not show. */
function moveBiases(model: LayersModel): void {
  const moved = model.getWeights().map((weight) => {
    if (weight.rank !== 1) return weight.clone();
    return tensor(uniform(weight.size, "biases"), weight.shape);
  });
  model.setWeights(moved);
  for (const weight of moved) weight.dispose();
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] as number)) / scale).toBeLessThan(1e-4);
  });
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("the planned passes of any box network", () => {
  property.prop([network, batchSize], { numRuns: 60 })(
    "predict what model.apply predicts",
    (config, count) => {
      const model = buildBoxNetwork(config, 1);
      moveBiases(model);
      let [expected, actual] = [new Float32Array(), new Float32Array()];
      tidy(() => {
        const inputs = tensor(uniform(count * 144 * config.channels, "inputs"), [
          count,
          12,
          12,
          config.channels,
        ]);
        expected = (model.apply(inputs, { training: false }) as Tensor).dataSync() as typeof expected;
        actual = planForward(model)([inputs], false)[0]?.dataSync() as typeof actual;
      });

      expectClose(actual, expected);
      model.dispose();
    },
  );

  property.prop([network, batchSize], { numRuns: 60 })(
    "give the gradients that tfjs gives through model.apply",
    async (config, count) => {
      const model = buildBoxNetwork(config, 1);
      moveBiases(model);
      const loss = createCriterion({ name: "mse" });
      const variables = trainableVariables(model);
      const batch = {
        count,
        inputShape: [12, 12, config.channels],
        outputs: 2,
        inputs: uniform(count * 144 * config.channels, "inputs"),
        targets: uniform(count * 2, "targets"),
      };
      const expected = gradientsThroughApply(model, variables, batch);

      const { gradients } = await planGradients(model, variables, loss)(batch);

      gradients.forEach((gradient, index) => {
        expectClose(gradient?.dataSync() as Float32Array, expected[index] as Float32Array);
        gradient?.dispose();
      });
      model.dispose();
    },
  );

  function gradientsThroughApply(
    model: LayersModel,
    variables: Variable[],
    batch: { count: number; inputShape: number[]; inputs: Float32Array; targets: Float32Array },
  ): Float32Array[] {
    const loss = createLoss({ name: "mse" });
    let gradients: Float32Array[] = [];
    tidy(() => {
      const inputs = tensor(batch.inputs, [batch.count, ...batch.inputShape]);
      const targets = tensor(batch.targets, [batch.count, 2]);
      const { grads } = variableGrads(
        () => loss(targets, model.apply(inputs, { training: true }) as Tensor),
        variables,
      );
      gradients = variables.map(({ name }) => grads[name]?.dataSync() as Float32Array);
    });
    return gradients;
  }
});

/** Layers on `[batch, 6, 6, 2]` that a plan must not, or must not wrongly, take together. */
const CHAINS: Readonly<Record<string, () => layers.Layer[]>> = {
  "a dense layer on pictures": () => [
    layers.dense({ units: 3, activation: "relu" }),
    layers.flatten(),
    layers.dense({ units: 2 }),
  ],
  "a dilated convolution": () => [
    layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2, activation: "relu" }),
    layers.flatten(),
  ],
  "strides and a kernel that differ between the sides": () => [
    layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: "same", activation: "relu" }),
    layers.flatten(),
  ],
  "pooling between convolution and relu": () => [
    layers.conv2d({ filters: 3, kernelSize: 2 }),
    layers.averagePooling2d({ poolSize: 2 }),
    layers.activation({ activation: "relu" }),
    layers.flatten(),
  ],
  "a relu before any weights, and two in a row": () => [
    layers.activation({ activation: "relu" }),
    layers.conv2d({ filters: 3, kernelSize: 2, activation: "relu" }),
    layers.activation({ activation: "relu" }),
    layers.flatten(),
  ],
  "tanh within a layer and relu after it": () => [
    layers.conv2d({ filters: 3, kernelSize: 2, activation: "tanh" }),
    layers.activation({ activation: "relu" }),
    layers.flatten(),
    layers.dense({ units: 2, activation: "elu" }),
  ],
  "flattening with channels first": () => [
    layers.flatten({ dataFormat: "channelsFirst" }),
    layers.dense({ units: 2 }),
  ],
};

function chain(made: layers.Layer[]): LayersModel {
  return sequential({ layers: [layers.inputLayer({ inputShape: [6, 6, 2] }), ...made] });
}

/** Layers that branch: a sum of two convolutions of one input. */
function branching(): LayersModel {
  const start = inputOf({ shape: [6, 6, 2] });
  const branches = [2, 2].map(
    () => layers.conv2d({ filters: 1, kernelSize: 2 }).apply(start) as SymbolicTensor,
  );
  return functionalModel({ inputs: start, outputs: layers.add().apply(branches) as SymbolicTensor });
}

/** The planned and the stock prediction, kernels drawn from our stream. */
function predictBothWays(model: LayersModel): [planned: Float32Array, stock: Float32Array] {
  return tidy(() => {
    model.setWeights(model.getWeights().map((weight) => tensor(spread(weight.size), weight.shape)));
    const inputs = tensor(spread(3 * 72), [3, 6, 6, 2]);
    const stock = model.apply(inputs, { training: false }) as Tensor;
    return [...planForward(model)([inputs], false), stock].map((output) => output.dataSync()) as [
      Float32Array,
      Float32Array,
    ];
  });
}

/** Numbers evenly spread over [−0.5, 0.5). */
function spread(count: number): Float32Array {
  return uniform(count, "spread").map((value) => value - 0.5);
}

describe("the planned pass of other models", () => {
  test.each(Object.keys(CHAINS))("predicts what model.apply predicts: %s", (name) => {
    const model = chain(CHAINS[name]?.() as layers.Layer[]);

    const [planned, stock] = predictBothWays(model);

    expectClose(planned, stock);
    model.dispose();
  });

  test("predicts what model.apply predicts: layers that branch", () => {
    const model = branching();

    const [planned, stock] = predictBothWays(model);

    expectClose(planned, stock);
    model.dispose();
  });
});
