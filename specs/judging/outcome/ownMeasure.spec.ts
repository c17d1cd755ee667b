// A subject names the error that judges it. Each network that is right by its own measure has a twin that is not.

import type { Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import {
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
  input as tfInput,
} from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { summariseEvaluation } from "../../../src/judging/check/checkResult.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const COUNT = 192;
/** Angles that are spread over the whole circle, without an order. */
const angles = Array.from({ length: COUNT }, (_, row) => ((row * 137.508) % 360) - 180);
const inputs = angles.map((degrees) => [Math.cos(rad(degrees)), Math.sin(rad(degrees))]);
/** The direction of an input, turned by 40 degrees. */
const directions = angles.map((degrees) => [Math.cos(rad(degrees + 40)), Math.sin(rad(degrees + 40))]);

function rad(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

const cosine = (targets: Tensor, predictions: Tensor) => {
  const unit = (table: Tensor) => tf.div(table, tf.add(tf.norm(table, 2, -1, true), 1e-7));
  return tf.sub(1, tf.sum(tf.mul(unit(targets), unit(predictions)), -1)) as Tensor;
};

/** A network that learns directions and nothing else: the length of its predictions is what it happens to be. */
const compass = (changes: Partial<SubjectDefinition> = {}): SubjectDefinition => ({
  name: "compass",
  buildModel: () =>
    sequential({
      layers: [
        layers.dense({ units: 16, activation: "tanh", inputShape: [2] }),
        layers.dense({ units: 2 }),
        layers.rescaling({ scale: 40 }),
      ],
    }),
  examples: { train: { inputs, targets: directions } },
  loss: cosine,
  training: { steps: 300, optimizer: { name: "adam", learningRate: 0.01 } },
  ...changes,
});

const checked = (definition: SubjectDefinition) =>
  check(defineSubject(definition).config(), { cures: false });

/** The verdict alone, without laws and diagnosis. */
async function verdictOf(definition: SubjectDefinition) {
  const config = defineSubject(definition).config();
  const run = await train(createSubject(config), { probes: false });
  return {
    verdict: judge(run, config.thresholds),
    train: summariseEvaluation(run.train),
    digest: run.digest,
  };
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a network that learns a direction", () => {
  test("fails by the squared error, since its predictions have any length", async () => {
    const { verdict } = await verdictOf(compass());

    expect(verdict).not.toBe("learns");
  });

  test.each(["cosineDistance", cosine] as const)("learns by its own measure %#", async (errorMeasure) => {
    const { verdict, holds, laws, run } = await checked(compass({ errorMeasure }));
    const judged = run.train.errorMeasure;

    expect(laws.filter((law) => !law.holds).map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
    expect(verdict).toBe("learns");
    expect(holds).toBe(true);
    expect(judged?.name).toBe(errorMeasure === cosine ? "own error measure" : "cosineDistance");
    expect(judged?.error).toBeLessThan(0.1);
    expect(judged?.errorOfConstant).toBeGreaterThan(0.8);
  });

  test("does not learn by the same measure where the targets have nothing to do with the inputs", async () => {
    const shuffled = directions.map((_, row) => directions[(row * 101 + 7) % COUNT] as number[]);
    const { verdict, train } = await verdictOf(
      compass({ errorMeasure: "cosineDistance", examples: { train: { inputs, targets: shuffled } } }),
    );

    expect(verdict).not.toBe("learns");
    expect(train.errorMeasure?.ratio).toBeGreaterThan(0.3);
  });
});

/** Predicts degrees: only their remainder matters, and the targets lie on several turns. */
const turns = (
  errorMeasure: SubjectDefinition["errorMeasure"],
  changes: Partial<SubjectDefinition> = {},
) => ({
  name: "turns",
  buildModel: () =>
    sequential({
      layers: [
        layers.dense({ units: 32, activation: "tanh", inputShape: [2] }),
        layers.dense({ units: 1 }),
        layers.rescaling({ scale: 100 }),
      ],
    }),
  examples: {
    train: {
      inputs,
      targets: angles.map((degrees, row) => [0.4 * degrees + 360 * (row % 4)]),
    },
  },
  loss: (targets: Tensor, predictions: Tensor) =>
    tf.mean(tf.sub(1, tf.cos(tf.mul(Math.PI / 180, tf.sub(predictions, targets))))) as Tensor,
  training: { steps: 600, optimizer: { name: "adam" as const, learningRate: 0.01 } },
  ...(errorMeasure !== undefined && { errorMeasure }),
  ...changes,
});

/** The same angle by a function, in radians of half a turn: the squared sine, which grows as a square. */
const squaredSine = (targets: Tensor, predictions: Tensor) =>
  tf.mean(tf.square(tf.sin(tf.mul(Math.PI / 360, tf.sub(predictions, targets)))), 1) as Tensor;

describe("a network that learns an angle modulo 360", () => {
  test("stalls by the squared error, and learns by the angle", async () => {
    const bySquares = await verdictOf(turns(undefined));
    const byAngle = await checked(turns("angleInDegrees"));

    expect(bySquares.verdict).not.toBe("learns");
    expect(byAngle.verdict).toBe("learns");
    expect(byAngle.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(byAngle.run.digest).toBe(bySquares.digest);
    expect(byAngle.run.train.errorMeasure?.errorOfConstant).toBeGreaterThan(15);
  });

  test("is judged alike by a squared measure, whose bound is that of squared errors", async () => {
    const { verdict, laws } = await checked(turns(squaredSine));
    const bound = laws.find(({ name }) => name === "beatsTheMean")?.threshold;

    expect(verdict).toBe("learns");
    expect(bound).toBe(0.2);
  });

  test("collapses by its own measure where it predicts a constant", async () => {
    const blind = turns("angleInDegrees", {
      buildModel: () =>
        sequential({
          layers: [
            layers.dense({ units: 4, activation: "relu", inputShape: [2], kernelInitializer: "zeros" }),
            layers.dense({ units: 1, kernelInitializer: "zeros" }),
          ],
        }),
      keepWeights: true,
    });
    const { verdict, train } = await verdictOf(blind);

    expect(verdict).toBe("collapsed");
    expect(train.errorMeasure?.ratio).toBeGreaterThan(0.95);
  });
});

/** The peak of a bump in a row of 12 places, of a height that the network is not asked for. */
const bumps = inputs.map(([x]) => {
  const peak = Math.round((((x as number) + 1) / 2) * 11);
  return Array.from({ length: 12 }, (_, place) => Math.exp(-((place - peak) ** 2)));
});
const peakDistance = (targets: Tensor, predictions: Tensor) =>
  tf.abs(tf.sub(tf.argMax(targets, -1), tf.argMax(predictions, -1))) as Tensor;

describe("a network whose map is judged by its peak", () => {
  const heatMap = (targets: number[][]): SubjectDefinition => ({
    name: "peaks",
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ units: 32, activation: "tanh", inputShape: [2] }),
          layers.dense({ units: 12 }),
          layers.rescaling({ scale: 8 }),
        ],
      }),
    examples: {
      train: { inputs, targets },
      heldOut: { inputs: inputs.slice(0, 40), targets: targets.slice(0, 40) },
    },
    // The crossentropy of the map's softmax: it says where the peak is, and leaves its height open.
    loss: (wanted, predictions) =>
      tf.losses.softmaxCrossEntropy(tf.div(wanted, tf.sum(wanted, -1, true)), predictions),
    errorMeasure: (wanted, predictions) => tf.cast(peakDistance(wanted, predictions), "float32") as Tensor,
    training: { steps: 400, optimizer: { name: "adam", learningRate: 0.01 } },
  });

  test("learns, on held-out examples too", async () => {
    const { verdict, laws } = await checked(heatMap(bumps));
    const generalises = laws.find(({ name }) => name === "generalises");

    expect(verdict).toBe("learns");
    expect(generalises).toMatchObject({ holds: true });
    expect(generalises?.detail).toBe("held-out own error measure / that of the best constant");
  });

  test("does not where the maps are shuffled", async () => {
    const shuffled = bumps.map((_, row) => bumps[(row * 101 + 7) % COUNT] as number[]);

    expect((await verdictOf(heatMap(shuffled))).verdict).not.toBe("learns");
  });
});

describe("an error measure of several outputs", () => {
  const twoHeads = (errorMeasure: SubjectDefinition["errorMeasure"]): SubjectDefinition => {
    const build = () => {
      const input = tfInput({ shape: [2] });
      const hidden = layers.dense({ units: 16, activation: "tanh" }).apply(input);
      const heading = layers.rescaling({ scale: 40 }).apply(layers.dense({ units: 2 }).apply(hidden));
      const named = layers.activation({ activation: "linear", name: "heading" }).apply(heading);
      const speed = layers.dense({ units: 1, name: "speed" }).apply(hidden);
      return model({ inputs: input, outputs: [named, speed] as SymbolicTensor[] });
    };
    return {
      name: "two-heads",
      buildModel: build,
      examples: {
        train: {
          inputs,
          targets: { heading: directions, speed: inputs.map(([x, y]) => [(x as number) * (y as number)]) },
        },
      },
      loss: { heading: cosine, speed: "mse" },
      training: { steps: 600, optimizer: { name: "adam", learningRate: 0.01 } },
      ...(errorMeasure !== undefined && { errorMeasure }),
    };
  };

  test("judges the output that it names, and leaves the other to the squared error", async () => {
    const { verdict, run } = await checked(twoHeads({ heading: "cosineDistance" }));

    expect(verdict).toBe("learns");
    expect(run.train.outputs.map(({ errorMeasure }) => errorMeasure?.name ?? null)).toEqual([
      "cosineDistance",
      null,
    ]);
    expect((await verdictOf(twoHeads(undefined))).verdict).not.toBe("learns");
  });

  test("must belong to an output of the model", async () => {
    await expect(checked(twoHeads({ headings: "cosineDistance" }))).rejects.toMatchObject({
      field: "errorMeasure.headings",
    });
  });
});

describe("a wrong error measure is its author's fault, and says so before training", () => {
  const wrong: readonly (readonly [fault: string, measure: unknown, rule: RegExp])[] = [
    ["a mean over the examples", () => tf.scalar(0), /one error for each example/],
    ["another number of errors", () => tf.zeros([3]), /one error for each example/],
    ["no tensor", () => 0.5, /must return a tensor of one error for each example/],
    ["a promise", async () => tf.zeros([COUNT]), /at once/],
    [
      "an exception",
      () => {
        throw new Error("no such thing");
      },
      /errorMeasure threw: no such thing/,
    ],
    ["NaN", (y: Tensor, p: Tensor) => tf.mean(tf.log(tf.sub(tf.mul(y, p), 9)), 1), /0 or more/],
    ["an error below 0", (y: Tensor, p: Tensor) => tf.mean(tf.sub(p, y), 1), /0 or more/],
    [
      "an error where predictions equal targets",
      (y: Tensor, p: Tensor) => tf.add(0.5, tf.mean(tf.square(tf.sub(p, y)), 1)),
      /must be 0 where the predictions equal the targets/,
    ],
  ];

  test.each(wrong)("%s", async (_, errorMeasure, rule) => {
    const definition = compass({ errorMeasure: errorMeasure as never });

    await expect(checked(definition)).rejects.toMatchObject({
      name: "InputError",
      field: "subject compass",
      message: expect.stringMatching(rule),
    });
  });

  test("an unknown name", async () => {
    const definition = compass({ errorMeasure: "cosine" as never });

    expect(() => defineSubject(definition)).toThrow(/errorMeasure.*"cosineDistance"/);
    expect(() => defineSubject(compass()).config({ errorMeasure: "f1" as never })).toThrow(/errorMeasure/);
  });
});

test("a config may name the measure of any kind of subject", async () => {
  const config = { subject: "dense", errorMeasure: "meanAbsoluteError", training: { steps: 300 } } as const;
  const { run, laws, subject } = await check(config, { cures: false });
  const law = laws.find(({ name }) => name === "beatsTheMean");

  expect(subject.config?.errorMeasure).toBe("meanAbsoluteError");
  expect(law?.detail).toBe("meanAbsoluteError / that of the best constant");
  expect(law?.threshold).toBeCloseTo(Math.sqrt(0.2));
  expect(law?.measured).toBe(run.train.errorMeasure?.ratio);
});

test("a compiled model takes a measure beside its data, and leaves no tensor behind", async () => {
  const network = compass().buildModel({ model: {}, seed: 1 }) as LayersModel;
  const optimizer = tf.train.adam(0.01);
  network.compile({ loss: "cosineProximity", optimizer });
  const data = { x: inputs, y: directions, epochs: 50, cures: false };
  await check(network, data);
  const { numTensors } = tf.memory();
  const { verdict } = await check(network, { ...data, errorMeasure: cosine });

  expect(verdict).toBe("learns");
  expect(tf.memory().numTensors).toBe(numTensors);
  network.dispose();
  optimizer.dispose();
});
