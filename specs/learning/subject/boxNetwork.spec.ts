import { addN, memory, ones, type Tensor, tensor1d, tidy, zeros } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { featureMapSizes } from "../../../src/learning/config/boxLimits.ts";
import { parseBoxConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { buildBoxNetwork } from "../../../src/learning/subject/boxNetwork.ts";
import { penaltiesOf } from "../../../src/learning/training/gradients.ts";

const small = { imageSize: 12, channels: 1, filters: [2, 3], kernelSize: 3, hiddenUnits: [5] };

function configOf(changes: object) {
  return parseBoxConfig({ model: { ...small, ...changes }, data: { boxSize: 2 } }).model;
}

function weightsOf(model: LayersModel): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}

beforeAll(async () => {
  await startEngine({ name: "cpu" });
});

describe("the network of the question", () => {
  test("has the layers and the number of weights that Keras gives it", () => {
    const model = buildBoxNetwork(parseBoxConfig({}).model, 1);

    const convolutions = 25 * 3 * 32 + 32 + 25 * 32 * 64 + 64 + 25 * 64 * 128 + 128;
    const dense = 4 * 4 * 128 * 100 + 100 + 100 * 2 + 2;
    expect(model.countParams()).toBe(convolutions + dense);
    expect(model.outputs[0]?.shape).toEqual([null, 2]);
    expect(model.layers.map(({ name }) => name)).toEqual([
      "input",
      ...["conv1", "conv1/relu", "conv2", "conv2/relu", "conv3", "conv3/relu"],
      ...["flatten", "hidden1", "hidden1/relu", "output"],
    ]);
    model.dispose();
  });
});

describe("a box network", () => {
  test.each([
    {},
    { padding: "valid" },
    { strides: 1 },
    { strides: 3, kernelSize: 5 },
    { hiddenUnits: [] },
    { hiddenUnits: [4, 3], activation: "leakyRelu" },
    { useBias: false },
  ])("has the weights that its config implies: %j", (changes) => {
    const config = configOf(changes);
    const model = buildBoxNetwork(config, 1);

    const side = featureMapSizes(config).at(-1) as number;
    const bias = config.useBias ? 1 : 0;
    let expected = config.kernelSize ** 2 * (1 * 2 + 2 * 3) + bias * 5;
    let features = side ** 2 * 3;
    for (const units of [...config.hiddenUnits, 2]) {
      expected += units * (features + bias);
      features = units;
    }
    expect(model.countParams()).toBe(expected);
    model.dispose();
  });

  // Keras counts four numbers for each filter: scale and offset, trained, and two averages that are not.
  test.each([true, false])("has Keras's weights for batch normalisation, useBias %s", (useBias) => {
    const model = buildBoxNetwork(configOf({ batchNorm: true, useBias, hiddenUnits: [] }), 1);
    const plain = buildBoxNetwork(configOf({ useBias, hiddenUnits: [] }), 1);

    expect(model.countParams() - plain.countParams()).toBe(4 * (2 + 3));
    expect(model.trainableWeights.length - plain.trainableWeights.length).toBe(4);
    model.dispose();
    plain.dispose();
  });

  // Keras: ceil(side / strides) for same, ceil((side - kernel + 1) / strides) for valid; sides 12, one channel.
  test.each([
    ["same", 1, 3, [12, 12]],
    ["same", 2, 3, [6, 3]],
    ["same", 5, 2, [3, 1]],
    ["same", 1, 4, [12, 12]],
    ["valid", 1, 3, [10, 8]],
    ["valid", 2, 3, [5, 2]],
    ["valid", 3, 2, [4, 1]],
    ["valid", 1, 6, [7, 2]],
  ] as const)(
    "with %s padding, strides %d and kernels of %d has feature maps of %j",
    (padding, strides, kernelSize, sides) => {
      const config = configOf({ padding, strides, kernelSize });
      const model = buildBoxNetwork(config, 1);

      const shapes = ["conv1", "conv2"].map((name) => model.getLayer(name).outputShape);

      expect(shapes).toEqual([
        [null, sides[0], sides[0], 2],
        [null, sides[1], sides[1], 3],
      ]);
      expect(featureMapSizes(config)).toEqual(sides);
      model.dispose();
    },
  );

  test("draws the same weights from the same seed, others from another, and biases of 0", () => {
    const [first, again, other] = [1, 1, 2].map((seed) => buildBoxNetwork(configOf({}), seed));

    const weights = weightsOf(first as LayersModel);
    expect(weightsOf(again as LayersModel)).toEqual(weights);
    expect(weightsOf(other as LayersModel)).not.toEqual(weights);
    expect(weights.filter((_, index) => index % 2 === 1).flat()).toEqual(new Array(2 + 3 + 5 + 2).fill(0));
    for (const model of [first, again, other]) model?.dispose();
  });

  // One stream for all would begin every kernel with the same numbers.
  test("draws each kernel from a stream of its own", () => {
    const model = buildBoxNetwork(configOf({ hiddenUnits: [5, 5, 5] }), 1);

    const [second, third] = ["hidden2", "hidden3"].map((name) => model.getLayer(name).getWeights()[0]);

    expect(second?.shape).toEqual(third?.shape);
    expect([...(second as Tensor).dataSync()]).not.toEqual([...(third as Tensor).dataSync()]);
    model.dispose();
  });

  test.each([
    ["relu", [0, 2]],
    ["leakyRelu", [-0.1, 2]],
    ["elu", [Math.expm1(-1), 2]],
    ["tanh", [Math.tanh(-1), Math.tanh(2)]],
    ["sigmoid", [1 / (1 + Math.E), 1 / (1 + Math.exp(-2))]],
  ])("activates -1 and 2 by %s to %j", (activation, expected) => {
    const model = buildBoxNetwork(configOf({ activation, hiddenUnits: [] }), 1);

    const activated = tidy(() => {
      const output = model.getLayer(`conv1/${activation}`).apply(tensor1d([-1, 2])) as Tensor;
      return [...output.dataSync()];
    });

    activated.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] as number, 5);
    });
    model.dispose();
  });

  test("names every layer by its kind and its place", () => {
    const changes = { batchNorm: true, dropout: 0.5, hiddenUnits: [3, 2], outputActivation: "softmax" };
    const model = buildBoxNetwork(configOf(changes), 1);

    expect(model.layers.map(({ name }) => name)).toEqual([
      "input",
      ...["conv1", "batchNorm1", "conv1/relu", "conv2", "batchNorm2", "conv2/relu", "flatten"],
      ...["hidden1", "hidden1/relu", "dropout1", "hidden2", "hidden2/relu", "dropout2"],
      ...["output", "output/softmax"],
    ]);
    model.dispose();
  });

  test("has no penalty where l2 is 0", () => {
    const model = buildBoxNetwork(configOf({ l2: 0 }), 1);

    expect(tidy(() => penaltiesOf(model).length)).toBe(0);
    model.dispose();
  });

  test("adds l2 times the sum of the squared kernels to the loss", () => {
    const model = buildBoxNetwork(configOf({ l2: 0.5 }), 1);

    const penalty = tidy(() => addN(penaltiesOf(model)).dataSync()[0] as number);

    const kernels = weightsOf(model).filter((_, index) => index % 2 === 0);
    const squares = kernels.flat().reduce((sum, weight) => sum + weight ** 2, 0);
    expect(penalty).toBeCloseTo(0.5 * squares, 4);
    model.dispose();
  });

  test.each([
    ["batchNorm", { batchNorm: true }, "BatchNormalization", 2],
    ["dropout", { dropout: 0.5 }, "SeededDropout", 1],
    ["a softmax output", { outputActivation: "softmax" }, "Activation", 4],
  ])("gets %s from its config", (_, changes, className, count) => {
    const model = buildBoxNetwork(configOf(changes), 1);

    expect(model.layers.filter((layer) => layer.getClassName() === className)).toHaveLength(count);
    model.dispose();
  });

  test("drops units in training, other ones each time, and none in evaluation", () => {
    const model = buildBoxNetwork(configOf({ dropout: 0.5, hiddenUnits: [50] }), 1);
    const inputs = ones([1, 12, 12, 1]);
    const predict = (training: boolean) =>
      tidy(() => (model.apply(inputs, { training }) as Tensor).dataSync().join());

    const [first, second, plain, again] = [predict(true), predict(true), predict(false), predict(false)];

    expect(again).toBe(plain);
    expect(new Set([first, second, plain]).size).toBe(3);
    inputs.dispose();
    model.dispose();
  });

  test("leaves no tensor behind when it is disposed", () => {
    const before = memory().numTensors;
    const model = buildBoxNetwork(configOf({ batchNorm: true, dropout: 0.5, l2: 0.1 }), 1);
    const inputs = zeros([1, 12, 12, 1]);

    (model.apply(inputs) as Tensor).dispose();
    inputs.dispose();
    model.dispose();

    expect(memory().numTensors).toBe(before);
  });
});
