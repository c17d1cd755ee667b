import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";

const SIZE = 24;

/** A convolutional network each of whose steps takes a good part of a second, on twelve thousand steps' worth of work. */
export const slow = defineSubject({
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

/** Asks that a check within so many seconds is cut short, names causes all the same, and proves nothing learnt. */
export async function expectCutShort(budget: number): Promise<void> {
  const { run, verdict, notMeasured, causes } = await check(slow.config(), { engine, budget });

  expect(run.cutShort).toBe(true);
  expect(run.steps).toBeLessThan(12_000);
  expect(verdict).not.toBe("learns");
  expect(notMeasured.length).toBeGreaterThan(0);
  expect(causes.length).toBeGreaterThan(0);
}
