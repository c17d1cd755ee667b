// Faults that leave training nothing to learn from: statistics of one example, weights that saturate every output,
// labels and masks on another scale than their loss, weights of 0, and held-out rows that were trained on.

import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { check } from "../../../src/judging/check/check.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { rareClass } from "../../failure-modes/subjects.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

interface Setting {
  /** Numbers that stand for the two classes. */
  readonly labels?: readonly [number, number];
  readonly batchSize?: number;
  readonly hasNormalisation?: boolean;
  readonly steps?: number;
  /** Weights of all kernels, from 0 up to this; Glorot's without it. */
  readonly weightsUpTo?: number;
  /** Whether the rows that are held out are among those of training. */
  readonly isLeaking?: boolean;
  /** Whether the held-out targets are those of other rows. */
  readonly mixesHeldOut?: boolean;
}

/** Points within a circle or outside of it. */
function circle(name: string, setting: Setting): Config {
  const {
    labels = [0, 1],
    batchSize = 24,
    hasNormalisation = false,
    steps = 400,
    weightsUpTo,
    isLeaking = false,
    mixesHeldOut = false,
  } = setting;
  const random = seedStream(7, "circle");
  const rows = Array.from({ length: 300 }, () => [2 * random.uniform() - 1, 2 * random.uniform() - 1]);
  const targetOf = ([a = 0, b = 0]: readonly number[]) => [a * a + b * b < 0.6 ? labels[1] : labels[0]];
  const set = (of: readonly (readonly number[])[]) => ({
    inputs: of.map((row) => [...row]),
    targets: of.map(targetOf),
  });
  const given = set(rows.slice(240));
  const mixed = {
    ...given,
    targets: given.targets.map((_, row) => given.targets[(37 * row + 11) % 60] ?? []),
  };
  const kernelInitializer = () =>
    weightsUpTo === undefined
      ? "glorotUniform"
      : initializers.randomUniform({ minval: 0, maxval: weightsUpTo });
  return defineSubject({
    name,
    buildModel: () => {
      const model = sequential();
      model.add(layers.dense({ units: 32, inputShape: [2], kernelInitializer: kernelInitializer() }));
      if (hasNormalisation) model.add(layers.batchNormalization({ momentum: 0.9 }));
      model.add(layers.activation({ activation: "relu" }));
      for (let hidden = 0; weightsUpTo !== undefined && hidden < 2; hidden++)
        model.add(layers.dense({ units: 32, activation: "relu", kernelInitializer: kernelInitializer() }));
      model.add(layers.dense({ units: 1, activation: "sigmoid", kernelInitializer: kernelInitializer() }));
      return model;
    },
    examples: {
      train: set(isLeaking ? rows : rows.slice(0, 240)),
      heldOut: mixesHeldOut ? mixed : set(rows.slice(240)),
    },
    training: {
      loss: "binaryCrossentropy",
      optimizer: { name: "adam", learningRate: 0.01 },
      batchSize,
      steps,
    },
  }).config();
}

describe("batch normalisation over one example", () => {
  test("leaves nothing of it: larger batches are the proven cure", async () => {
    const { causes, cure } = await check(circle("alone", { batchSize: 1, hasNormalisation: true }));

    expect(causes[0]).toMatchObject({ name: "lagging-batch-statistics", status: "proven" });
    expect(cure?.change).toContain("training.batchSize 1 → 32");
  });

  test("is sound over two dozen: the twin", async () => {
    const { verdict, causes } = await check(circle("together", { hasNormalisation: true, steps: 2000 }));

    expect(verdict).toBe("learns");
    expect(causes).toEqual([]);
  });
});

describe("weights of one sign", () => {
  test("saturate every output before the first step: other ones are the proven cure", async () => {
    const { causes } = await check(circle("one-sided", { weightsUpTo: 2 }));

    expect(causes[0]).toMatchObject({ name: "initial-weights-too-large", status: "proven" });
  });

  test("do not where they are small: the twin", async () => {
    const { causes } = await check(circle("one-sided-small", { weightsUpTo: 0.1 }));

    expect(causes.map(({ name }) => name)).not.toContain("initial-weights-too-large");
  });
});

describe("labels of two values under a binary crossentropy", () => {
  test.each([
    [-1, 1, "wrong-loss"],
    [1, 2, "wrong-loss"],
    [0, 255, "targets-not-normalised"],
  ])("%i and %i become 0 and 1", async (no, yes, name) => {
    const { causes, cure } = await check(circle(`labels-${no}-${yes}`, { labels: [no, yes] }));

    expect(causes[0]).toMatchObject({ name, status: "proven" });
    expect(cure?.change).toContain("unitTargets");
  });

  test("are sound as 0 and 1: the twin", async () => {
    expect((await check(circle("labels-0-1", {}))).causes).toEqual([]);
  });
});

describe("weights of classes", () => {
  test("that are 0 for one of them leave it unheard", async () => {
    const { causes, cure } = await check(rareClass("silent-class", { 0: 0, 1: 1 }).config());

    expect(causes[0]).toMatchObject({ name: "wrong-loss", status: "proven" });
    expect(causes[0]?.evidence).toContain("leave a class unheard");
    expect(cure?.change).toContain("data.evenClasses");
  });
});

describe("held-out rows that were trained on", () => {
  test("are left out of training by the proven cure", async () => {
    const { causes, cure } = await check(circle("leaking", { isLeaking: true }));

    expect(causes[0]).toMatchObject({ name: "train-held-out-leakage", status: "proven" });
    expect(cure?.change).toContain('data.resplit unset → "distinct"');
  });
});

describe("held-out targets of other rows", () => {
  test("are named first, where those of training belong to theirs", async () => {
    const { causes } = await check(circle("mixed-held-out", { mixesHeldOut: true, steps: 800 }));

    expect(causes[0]?.name).toBe("shuffled-labels");
    expect(causes[0]?.evidence).toContain("the held-out targets do not belong to their inputs");
  });
});
