// Errors of angles, of peaks and of several outputs. Each network that is right by its own measure has a twin that is not.

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
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { angles, COUNT, checked, compass, cosine, directions, inputs, verdictOf } from "./compass.ts";

beforeAll(async () => {
  await startEngineUnderTest();
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
  test("stalls by the distance, and learns by the angle and by its own loss", async () => {
    const byDistance = await verdictOf(turns("meanAbsoluteError"));
    const byLoss = await verdictOf(turns(undefined));
    const byAngle = await checked(turns("angleInDegrees"));

    expect(byDistance.verdict).not.toBe("learns");
    expect(byLoss.verdict).toBe("learns");
    expect(byAngle.verdict).toBe("learns");
    expect(byAngle.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect([byDistance.digest, byLoss.digest]).toEqual([byAngle.run.digest, byAngle.run.digest]);
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

  test("judges the output that it names, and leaves the other as it is judged without one", async () => {
    const { verdict, run } = await checked(twoHeads({ heading: "cosineDistance" }));

    expect(verdict).toBe("learns");
    expect(run.train.outputs.map(({ errorMeasure }) => errorMeasure?.name ?? null)).toEqual([
      "cosineDistance",
      null,
    ]);
    expect((await verdictOf(twoHeads({ heading: "meanAbsoluteError" }))).verdict).not.toBe("learns");
    expect((await verdictOf(twoHeads(undefined))).verdict).toBe("learns");
  });

  test("must belong to an output of the model", async () => {
    await expect(checked(twoHeads({ headings: "cosineDistance" }))).rejects.toMatchObject({
      field: "errorMeasure.headings",
    });
  });
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
