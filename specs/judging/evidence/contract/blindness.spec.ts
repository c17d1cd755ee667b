import { mul, neg, relu, type Tensor, tidy, zeros, zerosLike } from "@tensorflow/tfjs-core";
import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { contractOf } from "../../../../src/judging/evidence/contract/contract.ts";
import { usesItsInputs } from "../../../../src/judging/law/usesItsInputs.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import {
  dense,
  inputCutOff,
  ownLayer,
  sharesPooled,
  soundSubject,
  withLayers,
} from "../../../claims/brokenContracts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const SEED = 3;
const blindnessOf = async (subject: Subject) => (await contractOf(subject)).blindness;

/** A layer that says that no step of a sequence counts. */
function hidesEveryStep(): layers.Layer {
  const layer = ownLayer("hides", (input) => mul(input, 1));
  layer.supportsMasking = true;
  layer.computeMask = (inputs) => {
    const [batch, steps] = ([inputs].flat()[0] as Tensor).shape;
    return tidy(() => zeros([batch as number, steps as number], "bool"));
  };
  return layer;
}

const sequence = () => layers.reshape({ targetShape: [2, 1], inputShape: [2] });
const lstm = () => layers.lstm({ units: 4, name: "lstm" });

const blind: [name: string, subject: () => Subject, layer: RegExp][] = [
  ["inputs multiplied by 0", () => inputCutOff(SEED), /cut|own/i],
  ["a pooling over shares", () => sharesPooled(SEED), /^pool$/],
  [
    "a layer that drops what it is given, after one that is sound",
    () =>
      withLayers(SEED, (seed) => [
        dense(8, seed, { inputShape: [2], activation: "tanh" }),
        ownLayer("drop", (input) => zerosLike(input)),
        dense(1, seed + 1),
      ]),
    /drop|own/i,
  ],
  [
    "a mask over every step",
    () => withLayers(SEED, (seed) => [sequence(), hidesEveryStep(), lstm(), dense(1, seed)]),
    /^lstm$/,
  ],
  [
    "two branches that cancel out",
    () =>
      withLayers(SEED, (seed) => [
        layers.inputLayer({ inputShape: [2] }),
        ownLayer("cancels", (input) => mul(relu(input), relu(neg(input)))),
        dense(1, seed),
      ]),
    /cancels|own/i,
  ],
];

/** A model of two inputs: the first column goes through a layer of 8 units, the second through `map`. */
function twoBranches(map: (input: Tensor) => Tensor, drops: boolean): Subject {
  const subject = soundSubject(SEED);
  const train = {
    ...subject.train,
    inputParts: [
      { name: "a", shape: [1] },
      { name: "b", shape: [1] },
    ],
  };
  return {
    ...subject,
    train,
    buildModel: (seed) => {
      const [a, b] = [input({ shape: [1], name: "a" }), input({ shape: [1], name: "b" })];
      const left = dense(8, seed, { activation: "tanh" }).apply(a) as SymbolicTensor;
      const kept = drops ? (ownLayer("left", zerosLike).apply(left) as SymbolicTensor) : left;
      const right = ownLayer("right", map).apply(dense(8, seed + 1).apply(b)) as SymbolicTensor;
      const joined = layers.concatenate().apply([kept, right]) as SymbolicTensor;
      return model({ inputs: [a, b], outputs: dense(1, seed + 2).apply(joined) as SymbolicTensor });
    },
  };
}

const sighted: [name: string, subject: () => Subject][] = [
  ["a sound network", () => soundSubject(SEED)],
  [
    "a global pooling of sound features",
    () =>
      withLayers(SEED, (seed) => [
        sequence(),
        dense(8, seed, { activation: "tanh" }),
        layers.globalAveragePooling1d(),
        dense(1, seed + 1),
      ]),
  ],
  [
    "a masked LSTM",
    () => withLayers(SEED, (seed) => [sequence(), layers.masking({ maskValue: 0 }), lstm(), dense(1, seed)]),
  ],
  [
    "initial weights of 0, which symmetric-initialisation names",
    () =>
      withLayers(SEED, () => [
        layers.dense({ units: 8, inputShape: [2], kernelInitializer: "zeros" }),
        layers.dense({ units: 1, kernelInitializer: "zeros" }),
      ]),
  ],
  [
    "one relu unit, which may be dead",
    () =>
      withLayers(SEED, (seed) => [
        dense(1, seed, { inputShape: [2], activation: "relu" }),
        dense(1, seed + 1, { activation: "relu" }),
      ]),
  ],
  [
    "a softmax over one number",
    () => withLayers(SEED, (seed) => [dense(1, seed, { inputShape: [2], activation: "softmax" })]),
  ],
  ["one of two branches that is dropped", () => twoBranches((value) => mul(value, 0), false)],
  ["inputs that saturate every unit", () => scaled(1e5)],
  ["inputs that are all the same", () => scaled(0)],
  [
    "many layers, through which differences fade",
    () =>
      withLayers(SEED, (seed) => [
        dense(8, seed, { inputShape: [2], activation: "sigmoid" }),
        ...Array.from({ length: 20 }, (_, place) => dense(8, seed + place, { activation: "sigmoid" })),
        dense(1, seed + 30),
      ]),
  ],
];

function scaled(factor: number): Subject {
  const subject = withLayers(SEED, (seed) => [
    dense(8, seed, { inputShape: [2], activation: "sigmoid" }),
    dense(1, seed + 1),
  ]);
  const inputs = subject.train.inputs.map((value) => factor * (2 + value));
  return { ...subject, train: { ...subject.train, inputs } };
}

describe("a network that is blind to its inputs", () => {
  test.each(blind)("%s", async (_name, subject, layer) => {
    expect((await blindnessOf(subject()))?.layers).toEqual([expect.stringMatching(layer)]);
  });

  test("is found where each of two branches stops in a layer of its own", async () => {
    const found = await blindnessOf(twoBranches((value) => mul(value, 0), true));
    expect([...(found?.layers ?? [])].sort()).toEqual(["left", "right"]);
  });

  test("breaks usesItsInputs without a run", async () => {
    const run = () => Promise.reject(new Error("no run is needed"));
    const law = (subject: Subject) =>
      usesItsInputs.measure({ subject, run } as unknown as Parameters<typeof usesItsInputs.measure>[0]);
    expect(await law(inputCutOff(SEED))).toMatchObject({ holds: false });
    await expect(law(soundSubject(SEED))).rejects.toThrow("no run is needed");
  });
});

describe("a network that tells its examples apart, or has another fault", () => {
  test.each(sighted)("%s", async (_name, subject) => {
    expect(await blindnessOf(subject())).toBeNull();
  });
});
