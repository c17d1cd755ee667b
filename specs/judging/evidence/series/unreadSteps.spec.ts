import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findUnreadSteps } from "../../../../src/judging/evidence/series/unreadSteps.ts";
import type { OwnConfig } from "../../../../src/learning/config/schema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

const STEPS = 4;

describe("a network that takes one step of its sequences", () => {
  const random = seedStream(1, "spec/unreadSteps");
  const inputs = Array.from({ length: 100 }, () =>
    Array.from({ length: STEPS }, () => [random.uniform() - 0.5, random.uniform() - 0.5]),
  );
  const sums = inputs.map((steps) => [steps.reduce((sum, [value = 0]) => sum + value, 0)]);
  const first = inputs.map((steps) => [2 * (steps[0]?.[0] ?? 0)]);

  async function find(cropping: [number, number], targets: number[][]) {
    const config = defineSubject({
      name: "one-step",
      buildModel: () =>
        sequential({
          layers: [
            layers.reshape({ targetShape: [STEPS, 2, 1], inputShape: [STEPS, 2] }),
            layers.cropping2D({ cropping: [cropping, [0, 0]] }),
            layers.flatten(),
            layers.dense({ units: 1 }),
          ],
        }),
      examples: { train: { inputs, targets } },
      training: { optimizer: { name: "adam", learningRate: 0.05 }, steps: 15 },
    }).config() as OwnConfig;
    const subject = await createSubject(config);
    return findUnreadSteps(subject, await train(subject, { probes: false }));
  }

  test("is told by the step that it reads, where the targets depend on others", async () => {
    expect(await find([0, STEPS - 1], sums)).toMatchObject({ steps: STEPS, read: [0] });
  });

  test("is left alone where it takes the last step, every step, or the one that matters", async () => {
    expect(await find([STEPS - 1, 0], sums)).toBeNull();
    expect(await find([0, 0], sums)).toBeNull();
    expect(await find([0, STEPS - 1], first)).toBeNull();
  });
});
