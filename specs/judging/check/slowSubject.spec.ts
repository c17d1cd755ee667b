import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { estimateCheck } from "../../../src/judging/check/estimate.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { engineUnderTest as engine, startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const SIZE = 24;

/** A convolutional network each of whose steps takes a good part of a second, on twelve thousand steps' worth of work. */
const slow = defineSubject({
  name: "slow-pictures",
  buildModel: () =>
    sequential({
      layers: [
        layers.conv2d({ inputShape: [SIZE, SIZE, 1], filters: 32, kernelSize: 3, activation: "relu" }),
        layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" }),
        layers.flatten(),
        layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    }),
  examples: ({ set, count }) => {
    const inputs = Array.from({ length: count }, (_, row) =>
      Array.from({ length: SIZE }, (_, y) =>
        Array.from({ length: SIZE }, (_, x) => [
          200 * Math.sin(row + x + y + (set === "train" ? 0 : 1)) ** 2,
        ]),
      ),
    );
    return { inputs, targets: inputs.map((_, row) => [50 * Math.sin(row)]) };
  },
  data: { examples: 256, heldOut: 32 },
  training: { optimizer: { name: "sgd", learningRate: 0.01 }, batchSize: 128, steps: 12_000 },
});

test.each([4, 15])(
  "a run too long for %d seconds is judged on the steps that fit",
  async (budget) => {
    const { run, verdict, notMeasured, causes } = await check(slow.config(), { engine, budget });

    expect(run.cutShort).toBe(true);
    expect(run.steps).toBeLessThan(12_000);
    expect(verdict).not.toBe("learns");
    expect(notMeasured.length).toBeGreaterThan(0);
    expect(causes.length).toBeGreaterThan(0);
  },
  200_000,
);

test("an estimate of slow steps makes few of them, and foretells hours", async () => {
  const estimate = await estimateCheck(await createSubject(slow.config()));

  expect(estimate.learns).toBeGreaterThan(60);
  expect(estimate.fails).toBeGreaterThan(estimate.learns);
}, 120_000);
