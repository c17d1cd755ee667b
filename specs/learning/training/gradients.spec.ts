import { addN, memory, tensor2d, tidy, type Variable } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, regularizers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createCriterion } from "../../../src/learning/loss/criterion.ts";
import { penaltiesOf, planGradients, trainableVariables } from "../../../src/learning/training/gradients.ts";

/** Two examples of two inputs and one target. */
const BATCH = {
  count: 2,
  inputShape: [2],
  outputs: 1,
  inputs: Float32Array.of(1, 2, 3, -4),
  targets: Float32Array.of(0.5, -1),
};
const WEIGHTS = [0.25, -0.5] as const;
const L2 = 0.1;

/** y = w·x without a bias, from {@link WEIGHTS}, with or without an l2 penalty. */
function linearModel(penalised: boolean): LayersModel {
  const regularizer = penalised ? { kernelRegularizer: regularizers.l2({ l2: L2 }) } : {};
  const dense = layers.dense({ units: 1, useBias: false, inputShape: [2], ...regularizer });
  const model = sequential({ layers: [dense] });
  const weights = tensor2d([...WEIGHTS], [2, 1]);
  model.setWeights([weights]);
  weights.dispose();
  return model;
}

/** Loss, predictions and gradient of {@link linearModel} by hand, in double precision. */
function byHand(l2: number) {
  const [a, b] = WEIGHTS;
  const predictions = [a * 1 + b * 2, a * 3 + b * -4] as const;
  const errors = [predictions[0] - 0.5, predictions[1] + 1] as const;
  return {
    loss: (errors[0] ** 2 + errors[1] ** 2) / 2 + l2 * (a ** 2 + b ** 2),
    predictions,
    gradient: [errors[0] * 1 + errors[1] * 3 + 2 * l2 * a, errors[0] * 2 + errors[1] * -4 + 2 * l2 * b],
  };
}

beforeAll(async () => {
  await startEngine({ name: "cpu" });
});

describe("the gradients of a batch", () => {
  test.each([
    ["without a penalty", false],
    ["with the penalty in both the loss and the gradient", true],
  ])("of a linear model are those worked out by hand, %s", async (_, penalised) => {
    const model = linearModel(penalised);
    const wanted = byHand(penalised ? L2 : 0);
    const before = memory().numTensors;

    const pass = await planGradients(
      model,
      trainableVariables(model),
      createCriterion({ name: "mse" }),
    )(BATCH);

    const gradient = [...(pass.gradients[0]?.dataSync() ?? [])];
    expect(pass.loss).toBeCloseTo(wanted.loss, 5);
    expect([...pass.predictions]).toEqual(wanted.predictions);
    expect(gradient.map((value) => value.toFixed(4))).toEqual(
      wanted.gradient.map((value) => value.toFixed(4)),
    );
    expect(memory().numTensors).toBe(before + 1);
    for (const made of pass.gradients) made?.dispose();
    model.dispose();
  });

  test("of a model without a trainable weight are none, and its loss is still measured", async () => {
    const model = linearModel(true);
    model.trainable = false;

    const pass = await planGradients(
      model,
      trainableVariables(model),
      createCriterion({ name: "mse" }),
    )(BATCH);

    expect(pass.gradients).toEqual([]);
    expect(pass.loss).toBeCloseTo(byHand(L2).loss, 5);
    model.dispose();
  });

  test("are none for variables that the loss does not depend on, which is for a law to say", async () => {
    const [model, other] = [linearModel(false), linearModel(false)];

    const pass = await planGradients(
      model,
      trainableVariables(other),
      createCriterion({ name: "mse" }),
    )(BATCH);

    expect(pass.gradients).toEqual([null]);
    expect(pass.loss).toBeCloseTo(byHand(0).loss, 5);
    model.dispose();
    other.dispose();
  });

  test("are one for each trainable variable, in layer order", async () => {
    const hidden = layers.dense({ units: 3, inputShape: [2], name: "first", trainable: false });
    const model = sequential({ layers: [hidden, layers.dense({ units: 1, name: "second" })] });

    const variables: Variable[] = trainableVariables(model);
    const pass = await planGradients(model, variables, createCriterion({ name: "mae" }))(BATCH);

    expect(variables.map(({ name }) => name.split("/").at(0))).toEqual(["second", "second"]);
    expect(pass.gradients.map((gradient) => gradient?.shape)).toEqual([[3, 1], [1]]);
    for (const gradient of pass.gradients) gradient?.dispose();
    model.dispose();
  });
});

describe("penalties", () => {
  test("are found in the layers of a Sequential model", () => {
    const model = linearModel(true);

    const penalty = tidy(() => addN(penaltiesOf(model)).dataSync()[0]);

    expect(penalty).toBeCloseTo(L2 * (WEIGHTS[0] ** 2 + WEIGHTS[1] ** 2), 6);
    model.dispose();
  });
});
