// Changes that hide later steps of a sequence, keep examples apart, or free weights.

import { type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { constraints, type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, expect, test } from "vitest";
import { rework as reworkSchema } from "../../../../src/learning/config/reworkSchema.ts";
import "../../../../src/learning/keras/layers/convolution.ts";
import { hideLater, lookBack, softmaxOfEach } from "../../../../src/learning/keras/traced/graphChanges.ts";
import { rebuild } from "../../../../src/learning/subject/topology.ts";
import { constrainedLayers } from "../../../../src/learning/training/constraints.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

const built: (LayersModel | Tensor)[] = [];
const kept = <One extends LayersModel | Tensor>(one: One): One => {
  built.push(one);
  return one;
};
afterEach(() => {
  for (const one of built.splice(0)) if (!("isDisposed" in one && one.isDisposed)) one.dispose();
});
beforeAll(async () => {
  await startEngineUnderTest();
});

async function changed(made: layers.Layer[], changes: object): Promise<LayersModel> {
  return kept(await rebuild(kept(sequential({ layers: made })), reworkSchema.parse(changes)));
}

/** Whether the output of the first of four steps changes with the third. */
function seesAhead(model: LayersModel): boolean {
  const answers = [0, 5].map((third) => {
    const answer = kept(model.predict(kept(tensor([[[1], [2], [third], [4]]]))) as Tensor);
    return [...answer.dataSync().subarray(0, 2)];
  });
  return JSON.stringify(answers[0]) !== JSON.stringify(answers[1]);
}

const convolutions = () => [
  layers.conv1d({ inputShape: [4, 1], filters: 3, kernelSize: 3, padding: "same" }),
  layers.conv1d({ filters: 2, kernelSize: 3, padding: "same" }),
];
const directions = () => [
  layers.bidirectional({
    inputShape: [4, 1],
    layer: layers.simpleRNN({ units: 2, returnSequences: true }),
    mergeMode: "concat",
  } as Parameters<typeof layers.bidirectional>[0]),
  layers.dense({ units: 2 }),
];

test("no step sees a later one through convolutions; the twin does", async () => {
  const causal = await changed(convolutions(), { causal: true });

  expect(causal.outputs[0]?.shape).toEqual([null, 4, 2]);
  expect(seesAhead(causal)).toBe(false);
  expect(seesAhead(await changed(convolutions(), {}))).toBe(true);
});

test("a layer in both directions runs forwards, with the units of both", async () => {
  const [first] = (await changed(directions(), { causal: true })).layers;

  expect(first?.getClassName()).toBe("SimpleRNN");
  expect(first?.getConfig()).toMatchObject({ units: 4, returnSequences: true, goBackwards: false });
});

test("a mask that shows later steps hides them, and any other constant stays", () => {
  const mask = (values: readonly number[]) => ({ shape: [1, 2, 2], values, dtype: "bool" });

  expect(lookBack(mask([0, 1, 0, 0])).values).toEqual([1, 0, 1, 1]);
  for (const others of [mask([1, 0, 1, 1]), mask([1, 1, 1, 1]), mask([0, 2, 0, 0])])
    expect(lookBack(others)).toBe(others);
});

test("scores of later steps are hidden, and scores that are no steps for steps stay", () => {
  tidy(() => {
    const hidden = hideLater(
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
    );
    const other = tensor([
      [1, 2],
      [3, 4],
    ]);

    expect([...hidden.dataSync()].map((score) => score < -1e8)).toEqual([false, true, false, false]);
    expect(hideLater(other)).toBe(other);
  });
});

test("a softmax over the batch becomes one over the last axis of an example that has several numbers", () => {
  tidy(() => {
    // One number for each of two steps; the batch of three was moved behind them.
    const scores = tensor([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ]);
    const sums = softmaxOfEach(scores, [2, 1, 0]).sum(1).dataSync();

    expect([...sums].map((sum) => Math.round(1000 * sum))).toEqual([1000, 1000, 1000]);
  });
});

test("weights are freed of constraints, and averages get another momentum", async () => {
  const made = () => [
    layers.dense({ inputShape: [2], units: 2, kernelConstraint: constraints.nonNeg() }),
    layers.batchNormalization({ momentum: 0.999 }),
  ];
  const momentumOf = (model: LayersModel) => model.layers[1]?.getConfig().momentum;

  const free = await changed(made(), { constraints: false, momentum: 0.9 });
  expect(constrainedLayers(free)).toEqual([]);
  expect(momentumOf(free)).toBe(0.9);
  const bound = await changed(made(), {});
  expect(constrainedLayers(bound)).toEqual([bound.layers[0]?.name]);
  expect(momentumOf(bound)).toBe(0.999);
});
