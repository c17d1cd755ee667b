// Small batches scatter more than the loss falls. Epochs hold every example once, so that they show the fall all the same.

import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { proveCure } from "../../../src/judging/diagnosis/proveCure.ts";
import { readTrend, stillFalls } from "../../../src/judging/evidence/trend.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Losses of epochs of 20 batches each: the same 20 distances from the mean in every epoch, in another order. */
function losses(epochs: number, meanOf: (epoch: number) => number): number[] {
  const random = seedStream(3, "spec/fallingByEpoch");
  const distances = Array.from({ length: 20 }, (_, place) => 0.3 * Math.sin(2 * Math.PI * (place / 20)));
  return Array.from({ length: epochs }, (_, epoch) => {
    const from = Math.floor(20 * random.uniform());
    return distances.map((_, place) => meanOf(epoch) + (distances[(from + 7 * place) % 20] as number));
  }).flat();
}

describe("the trend of a loss", () => {
  const of = (values: number[], stepsPerEpoch?: number) =>
    stillFalls(readTrend({ losses: values, predictionVariances: [], probes: [] }, stepsPerEpoch));

  test("still falls where each epoch is better than the one before, though its batches scatter more", () => {
    const falling = losses(10, (epoch) => 1 - 0.05 * epoch);
    expect(of(falling, 20)).toBe(true);
    expect(of(falling)).toBe(false);
  });

  test.each<[string, (epoch: number) => number]>([
    ["goes up and down", (epoch) => 0.5 + 0.02 * (epoch % 2)],
    ["has settled", (epoch) => 0.5 + 0.5 * 0.1 ** epoch],
    ["rises", (epoch) => 0.5 + 0.02 * epoch],
  ])("does not where it %s: the twins", (_, meanOf) => {
    expect(of(losses(10, meanOf), 20)).toBe(false);
  });
});

/** Rows of inputs below 0 whose size is asked. */
function tables(count: number, seed: number) {
  const random = seedStream(seed, "spec/fallingByEpoch/rows");
  const values = Array.from({ length: count }, () => -2 * random.uniform());
  return { inputs: values.map((value) => [value]), targets: values.map((value) => [-value]) };
}

/** One unit whose weight starts on the flat side of its activation, and has to change its sign. */
function flatStart(name: string, steps: number) {
  return defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({
            inputShape: [1],
            units: 1,
            kernelInitializer: initializers.constant({ value: 0.05 }),
          }),
          layers.leakyReLU({ alpha: 0.001 }),
        ],
      }),
    examples: { train: tables(200, 1), heldOut: tables(80, 2) },
    training: { optimizer: { name: "adam", learningRate: 0.001 }, batchSize: 10, steps },
  }).config() as OwnConfig;
}

describe("a run that ends while it leaves a flat place", () => {
  test("has too few steps or too small ones, which one change proves, and no exploding gradient", async () => {
    const config = flatStart("flat-leaky", 200);
    const { run, verdict, findings } = await trainAndDiagnose(await createSubject(config), config);
    const named = findings.map(({ cause }) => cause);
    const { causes, cure } = await proveCure(config, { run, verdict, findings }, { bitExact: true });

    expect(named).toContain("too-few-steps");
    expect(named).not.toContain("exploding-gradients");
    expect(causes[0]?.status).toBe("proven");
    expect(["too-few-steps", "learning-rate-too-low"]).toContain(causes[0]?.cause);
    expect(Object.keys(cure?.values ?? {})).toHaveLength(1);
  });

  test("learns with enough steps: the twin", async () => {
    const config = flatStart("flat-leaky-long", 3000);
    const { verdict, findings } = await trainAndDiagnose(await createSubject(config), config);
    expect({ verdict, findings }).toEqual({ verdict: "learns", findings: [] });
  });
});
