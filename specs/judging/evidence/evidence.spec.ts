import { cast, equal, mean, reshape, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { measureAssociation } from "../../../src/judging/evidence/association.ts";
import { correlateAxes } from "../../../src/judging/evidence/axes.ts";
import { measureLossDirection } from "../../../src/judging/evidence/loss/lossDirection.ts";
import { measureOverlap, measureWindowOverlap } from "../../../src/judging/evidence/split/overlap.ts";
import { measureReach } from "../../../src/judging/evidence/targets/reach.ts";
import { measureOptimizerResponse } from "../../../src/judging/evidence/weights/optimizerResponse.ts";
import {
  leaking,
  mislabelled,
  negated,
  notCleared,
  swapped,
  zeroed,
} from "../../../src/lab/calibration/subjectFaults.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Loss } from "../../../src/learning/loss/loss.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken } from "../../failure-modes/healthy.ts";

const dense = await createSubject(parseConfig(broken({})));
const boxes = await createSubject(
  parseConfig({
    model: { imageSize: 16, channels: 1 },
    data: { boxSize: 4, examples: 100, heldOut: 50, noise: 0.2 },
  }),
);

beforeAll(async () => {
  await startEngineUnderTest();
});

function examplesOf(targets: number[], outputs: number): Examples {
  const count = targets.length / outputs;
  return {
    count,
    inputShape: [1],
    outputs,
    inputs: new Float32Array(count),
    targets: Float32Array.from(targets),
  };
}

describe("what an output activation can reach", () => {
  test.each([
    ["linear", [-9, 9], 1, 0],
    ["relu", [-1, 1], 1, 0.5],
    ["sigmoid", [0, 3], 1, 2 / 2.25],
    ["tanh", [-1, 1], 1, 0],
    ["softmax", [0.5, 0.5, 0.25, 0.75], 2, 0],
    // Each row's nearest point is 0.5 from it in each output: 0.25 over a variance of 0.25.
    ["softmax", [1, 1, 0, 0], 2, 1],
  ])("%s, targets %j: leaves %d outputs an error of %d Var(Y)", (activation, targets, outputs, least) => {
    expect(measureReach(activation, examplesOf(targets, outputs)).leastLossOverVariance).toBeCloseTo(
      least,
      6,
    );
  });
});

describe("the association of inputs and targets", () => {
  test("is seen in examples, and gone once their labels are dealt out anew", () => {
    expect(measureAssociation(dense.train)?.score).toBeGreaterThan(5);
    expect(measureAssociation(boxes.train)?.score).toBeGreaterThan(3);
    expect(Math.abs(measureAssociation(mislabelled(dense, 1).train)?.score ?? 9)).toBeLessThan(3);
  });

  test("is none of constant targets", () => {
    expect(measureAssociation({ ...dense.train, targets: dense.train.targets.map(() => 1) })).toBeNull();
  });
});

describe("the overlap of two sets", () => {
  test("is none of sets drawn apart, and half of one that leaks by half", () => {
    expect(measureOverlap(dense.train, dense.heldOut as Examples)).toMatchObject({
      seen: 0,
      byChance: 0,
      surely: false,
    });
    expect(measureOverlap(dense.train, leaking(dense).heldOut as Examples)).toMatchObject({
      seen: 0.5,
      surely: true,
    });
  });

  test("is no chance where rows of measured numbers were copied before the split", () => {
    const { train } = dense;
    const copies = { ...train, inputs: train.inputs.map((_, at) => train.inputs[at % 90] as number) };
    const whole = { ...copies, inputs: copies.inputs.map((value) => Math.round(20 * value)) };

    expect(measureOverlap(copies, copies)).toMatchObject({ byChance: 0, surely: true });
    expect(measureOverlap(whole, whole)).toMatchObject({ byChance: 1, surely: false });
  });

  test("is none of sequences that have their padding in common, and all of those that overlap", () => {
    const steps = 12;
    const value = (at: number) => Math.sin(at * at);
    const sequences = (first: number, stride: number, isPadded: boolean): Examples => ({
      ...dense.train,
      count: 40,
      inputShape: [steps, 1],
      inputs: Float32Array.from({ length: 40 * steps }, (_, at) =>
        isPadded && at % steps > 4 ? 0 : value(first + stride * Math.floor(at / steps) + (at % steps)),
      ),
    });

    expect(measureWindowOverlap(sequences(0, 12, true), sequences(600, 12, true))).toBe(0);
    expect(measureWindowOverlap(sequences(0, 2, false), sequences(1, 2, false))).toBe(1);
  });

  test("is chance where few inputs are different", () => {
    const few = { ...dense.train, inputs: dense.train.inputs.map((value) => Math.round(value)) };

    expect(measureOverlap(few, few)).toMatchObject({ seen: 1, byChance: 1, surely: false });
  });
});

describe("the axes of pictures", () => {
  test("are straight as drawn, crossed when exchanged, and unknown of numbers", () => {
    const straight = correlateAxes(boxes.train);
    const crossed = correlateAxes(swapped(boxes, true).train);

    expect(straight?.straight).toBeGreaterThan(0.9);
    expect(crossed?.crossed).toBe(straight?.straight);
    expect(correlateAxes(dense.train)).toBeNull();
  });
});

describe("the response of an optimizer", () => {
  test.each(["adam", "sgd", "momentum", "rmsprop", "adagrad", "adadelta", "adamax"])(
    "%s goes downhill, then rests",
    async (name) => {
      const { training } = parseConfig({ training: { optimizer: { name, learningRate: 0.01 } } });
      const { first, last } = (await measureOptimizerResponse(training.optimizer)) ?? { first: 0, last: 1 };

      expect(first).toBeLessThan(0);
      expect(Math.abs(last)).toBeLessThan(0.3 * Math.abs(first));
    },
  );

  test("tells a wrong sign, gradients of 0 and gradients that pile up", async () => {
    expect((await measureOptimizerResponse(negated(dense).optimizer))?.first).toBeGreaterThan(0);
    expect((await measureOptimizerResponse(zeroed(dense).optimizer))?.first).toBe(0);
    const { first, last } = (await measureOptimizerResponse(notCleared(dense).optimizer)) ?? {
      first: 1,
      last: 0,
    };
    expect(last / first).toBeGreaterThan(0.3);
  });
});

describe("the direction of a loss", () => {
  test.each([
    { name: "mse" },
    { name: "mae" },
    { name: "huber", delta: 1 },
    { name: "msle", epsilon: 1e-9 },
    { name: "binaryCrossentropy" },
  ] as const)("$name pulls towards the targets, each to its own", async (loss) => {
    expect(await measureLossDirection(loss, { shape: [2] })).toMatchObject({
      ignoresOrder: false,
      ignoresTargets: false,
      ignoredOutputs: [],
    });
    expect((await measureLossDirection(loss, { shape: [2] }))?.cosine).toBeGreaterThan(0.5);
  });

  test("tells a loss of the batch's means from one that broadcasts: the twin", async () => {
    const ofMeans = (targets: Tensor, predictions: Tensor) => square(sub(mean(targets), mean(predictions)));
    const ofPairs = (targets: Tensor, predictions: Tensor) =>
      mean(square(sub(reshape(targets, [-1]), predictions)));

    expect(await measureLossDirection(ofMeans as Loss, { shape: [1] })).toMatchObject({
      ignoresOrder: true,
      poolsPredictions: true,
    });
    expect(await measureLossDirection(ofPairs as Loss, { shape: [1] })).toMatchObject({
      ignoresOrder: true,
      poolsPredictions: false,
    });
  });

  test("asks a loss that hears only labels with labels", async () => {
    const ofLabels: Loss = (targets, predictions) =>
      mean(square(sub(cast(equal(targets, 1), "float32"), predictions)));
    const ofClassNumbers: Loss = (targets, predictions) =>
      mean(square(sub(cast(cast(targets, "int32"), "float32"), predictions)));

    for (const loss of [ofLabels, ofClassNumbers]) {
      const direction = await measureLossDirection(loss, { shape: [1] });
      expect(direction).toMatchObject({ ignoresTargets: false, slopeIgnoresTargets: false });
      expect(direction?.cosine).toBeGreaterThan(0.5);
    }
  });

  test("tells that a loss hears no target at all: the twin", async () => {
    const ofNone: Loss = (_targets, predictions) => mean(square(predictions));

    expect(await measureLossDirection(ofNone, { shape: [1] })).toMatchObject({
      ignoresTargets: true,
      slopeIgnoresTargets: true,
    });
  });

  test("is null of a loss that throws", async () => {
    const loss = () => {
      throw new Error("no loss");
    };

    expect(await measureLossDirection(loss, { shape: [2] })).toBeNull();
  });
});
