import { serialization } from "@tensorflow/tfjs-core";
import {
  model as functional,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { inputUses } from "../../../../src/judging/evidence/reference/inputUses.ts";
import "../../../../src/learning/keras/layers/register.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

const subjectOf = (buildModel: () => LayersModel) => ({ buildModel, seed: 1 }) as unknown as Subject;

function withEmbedding(): LayersModel {
  const [words, numbers] = [input({ shape: [4] }), input({ shape: [3] })];
  const looked = layers.embedding({ inputDim: 9, outputDim: 2 }).apply(words);
  const flat = layers.flatten().apply(looked) as SymbolicTensor;
  const joined = layers.concatenate().apply([flat, numbers]);
  return functional({
    inputs: [words, numbers],
    outputs: layers.dense({ units: 1 }).apply(joined) as SymbolicTensor,
  });
}

it("knows inputs that an Embedding looks up from those that weights multiply", async () => {
  expect((await inputUses(subjectOf(withEmbedding))).map(({ as }) => as)).toEqual(["codes", "numbers"]);
});

it("knows inputs that the first layer normalises, also within a nested model", async () => {
  const inner = () => sequential({ layers: [layers.batchNormalization({ inputShape: [2] })] });
  const normalised = () => sequential({ layers: [inner(), layers.dense({ units: 1 })] });
  const late = () =>
    sequential({ layers: [layers.dense({ units: 3, inputShape: [2] }), layers.batchNormalization()] });
  expect(await inputUses(subjectOf(normalised))).toEqual([{ as: "normalised", rescaled: null }]);
  expect(await inputUses(subjectOf(late))).toEqual([{ as: "numbers", rescaled: null }]);
});

it("joins what Rescaling layers in a row make of a number", async () => {
  const twice = () =>
    sequential({
      layers: [
        layers.rescaling({ scale: 0.5, offset: 1, inputShape: [2], name: "half" }),
        layers.rescaling({ scale: 0.1, offset: -1 }),
        layers.dense({ units: 1 }),
      ],
    });
  const [use] = await inputUses(subjectOf(twice));

  expect(use?.rescaled?.layer).toBe("half");
  expect(use?.rescaled?.scale).toBeCloseTo(0.05, 9);
  expect(use?.rescaled?.offset).toBeCloseTo(-0.9, 9);
});

it("reads what a Normalization layer does along the last axis, also where it was never adapted", async () => {
  const [Normalization] = serialization.SerializationMap.getMap().classNameMap.KerasNormalization ?? [];
  if (!Normalization) throw new Error("no layer of that name is registered");
  const normalising =
    (mean: readonly number[], variance: readonly number[], axis: readonly number[]) => () => {
      const config = { axis, mean, variance, inputShape: [2], name: "norm" };
      const layer = new Normalization(config) as layers.Layer;
      return sequential({ layers: [layer, layers.dense({ units: 1 })] });
    };
  const measured = async (build: () => LayersModel) => (await inputUses(subjectOf(build)))[0]?.measured;

  expect(await measured(normalising([5, 1], [4, 0.25], [-1]))).toMatchObject({
    layer: "norm",
    scales: [0.5, 2],
    offsets: [-2.5, -2],
  });
  expect(await measured(normalising([0], [1], []))).toMatchObject({ scales: [1] });
});
