import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const SIZE = 12;
const MAP = 6;
const blob = (x: number, y: number, cx: number, cy: number, sigma: number) =>
  Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * sigma * sigma));
const grid = <T>(size: number, value: (x: number, y: number) => T): T[][] =>
  Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => value(x, y)));

/** Maps with a peak at the key point of a picture: most of their numbers are nearly 0 in every example. */
async function diagnosed(learningRate: number) {
  const config = defineSubject({
    name: `heat-maps-at-${learningRate}`,
    buildModel: () =>
      sequential({
        layers: [
          layers.conv2d({
            inputShape: [SIZE, SIZE, 1],
            filters: 12,
            kernelSize: 3,
            padding: "same",
            activation: "relu",
          }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.conv2d({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" }),
          layers.conv2d({ filters: 1, kernelSize: 1 }),
          layers.flatten(),
        ],
      }),
    examples: ({ set, count, seed }) => {
      const random = seedStream(seed, `spec/heat-maps/${set}`);
      const points = Array.from({ length: count }, () => [
        2 + 8 * random.uniform(),
        2 + 8 * random.uniform(),
      ]);
      return {
        inputs: points.map(([px = 0, py = 0]) =>
          grid(SIZE, (x, y) => [blob(x, y, px, py, 1.3) + 0.1 * random.uniform()]),
        ),
        targets: points.map(([px = 0, py = 0]) =>
          grid(MAP, (x, y) => blob(x, y, px / 2, py / 2, 0.7)).flat(),
        ),
      };
    },
    data: { examples: 128, heldOut: 48 },
    training: { optimizer: { name: "adam", learningRate }, batchSize: 16, steps: 200 },
  }).config();
  return trainAndDiagnose(await createSubject(config), config);
}

describe("maps of a key point, whose columns are rarely lit", () => {
  test("that are all 0 after a few steps blame the rate or the units it killed, and not the held-out examples", async () => {
    const { verdict, findings } = await diagnosed(0.3);

    expect(verdict).not.toBe("learns");
    expect(["learning-rate-too-high", "dead-relu-units"]).toContain(findings[0]?.cause);
    expect(findings.map(({ cause }) => cause)).not.toContain("held-out-from-another-distribution");
  });

  test("are healthy at a usual rate: the twin", async () => {
    const { verdict, findings } = await diagnosed(0.004);

    expect(verdict).toBe("learns");
    expect(findings).toEqual([]);
  });
});
