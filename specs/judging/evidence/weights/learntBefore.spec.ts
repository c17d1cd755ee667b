// Weights that a subject's own code draws are no work of an earlier training, however it draws them.

import { tensor2d, zeros } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { wereLearntBefore } from "../../../../src/judging/evidence/weights/learntBefore.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import { soundSubject } from "../../../claims/brokenContracts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const UNITS = 32;

/** A hidden layer `base` that the subject's own code gives weights; its initializer would make zeros. */
function filledByHand(streamOf: (seed: number) => number): Subject {
  return {
    ...soundSubject(1),
    buildModel: (seed) => {
      const random = seedStream(streamOf(seed), "spec/learntBefore");
      const kernel = tensor2d(
        Array.from({ length: 2 * UNITS }, () => random.uniform()),
        [2, UNITS],
      );
      const bias = zeros([UNITS]);
      const base = layers.dense({
        units: UNITS,
        inputShape: [2],
        name: "base",
        kernelInitializer: "zeros",
        weights: [kernel, bias],
      });
      const model = sequential({ layers: [base, layers.dense({ units: 1, kernelInitializer: "zeros" })] });
      kernel.dispose();
      bias.dispose();
      return model;
    },
  };
}

test("weights that stay the same for every seed, and are no draw of the initializer, were learnt before", async () => {
  expect(
    await wereLearntBefore(
      filledByHand(() => 7),
      ["base"],
    ),
  ).toBe(true);
});

test("weights that another seed changes were drawn", async () => {
  expect(
    await wereLearntBefore(
      filledByHand((seed) => seed),
      ["base"],
    ),
  ).toBe(false);
});

test("weights that the initializer draws were drawn", async () => {
  expect(await wereLearntBefore(soundSubject(1), ["hidden1"])).toBe(false);
});
