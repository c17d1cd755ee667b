import { beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig, ConfigInput } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { onExamples } from "../../../src/learning/subject/subject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

/** 64 examples in batches of 16: four steps in an epoch. */
function subjectOf(training: ConfigInput["training"], noise = 0) {
  return createSubject(
    parseConfig({
      subject: "dense",
      model: { inputs: 1, hidden: [{ units: 16, activation: "tanh" }], outputs: 1 },
      data: { examples: 64, heldOut: 64, inputRange: [-1, 1], formula: ["x0 * x0"], noise },
      training: { batchSize: 16, steps: 400, optimizer: { learningRate: 0.01 }, ...training },
    }) as BuiltInConfig,
  );
}

const run = (training: ConfigInput["training"], noise = 0) =>
  train(subjectOf(training, noise), { probes: false });

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a run that stops early", () => {
  test("ends at the end of an epoch once the held-out loss has not improved for its patience", async () => {
    const { steps } = await run({ earlyStopping: { patience: 3 } }, 0.5);

    expect(steps).toBeLessThan(400);
    expect(steps % 4).toBe(0);
  });

  test("goes on to its last step while the loss still improves", async () => {
    const optimizer = { name: "sgd", learningRate: 0.01 } as const;
    const { steps } = await run({ optimizer, steps: 40, earlyStopping: { monitor: "loss", patience: 1 } });

    expect(steps).toBe(40);
  });

  test("counts as an improvement only what is larger than minDelta", async () => {
    const { steps } = await run({ earlyStopping: { monitor: "loss", patience: 2, minDelta: 1e6 } });

    // The first epoch improves on nothing at all; two epochs do not.
    expect(steps).toBe(12);
  });

  test("restores the weights of its best epoch, and no other", async () => {
    const optimizer = { learningRate: 0.1 };
    const best = await run({ optimizer, earlyStopping: { patience: 5, restoreBest: true } }, 0.5);
    const last = await run({ optimizer, earlyStopping: { patience: 5 } }, 0.5);
    // Five epochs of four steps did not improve on the best one.
    const atBest = await run({ optimizer, steps: best.steps - 20 }, 0.5);

    expect(best.steps).toBeLessThan(400);
    expect(best.steps).toBe(last.steps);
    expect(best.heldOut?.loss).toBe(atBest.heldOut?.loss);
    expect(best.heldOut?.loss).toBeLessThan(last.heldOut?.loss as number);
  });

  test("never stops where it watches held-out examples that there are not", async () => {
    const subject = { ...subjectOf({ steps: 60, earlyStopping: { patience: 1 } }, 0.5), heldOut: null };

    expect((await train(subject, { probes: false })).steps).toBe(60);
  });

  test("does not stop the rungs that the laws train", () => {
    const subject = subjectOf({ earlyStopping: { monitor: "loss", patience: 1 } });

    expect(onExamples(subject, [0, 1], 400).earlyStopping).toBeUndefined();
  });
});

describe("examples in their own order", () => {
  test("make every epoch the same batches", async () => {
    const still = { optimizer: { name: "sgd", learningRate: 0 }, steps: 8 } as const;
    const kept = (await run({ ...still, shuffle: false })).trace.losses;
    const shuffled = (await run(still)).trace.losses;

    expect(kept.slice(4)).toEqual(kept.slice(0, 4));
    expect(shuffled.slice(4)).not.toEqual(shuffled.slice(0, 4));
  });
});

describe("a setting that cannot be", () => {
  test.each([{ patience: 0 }, { monitor: "precision" }, { minDelta: -1 }, { patience: 2, mode: "most" }])(
    "%j is refused",
    (earlyStopping) => {
      expect(() => subjectOf({ earlyStopping } as never)).toThrow(/earlyStopping/);
    },
  );
});
