import { memory, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { createCriterion } from "../../../src/learning/loss/criterion.ts";
import { noteVariables } from "../../../src/learning/subject/disposeModel.ts";
import { firstExamples } from "../../../src/learning/subject/examples.ts";
import { onExamples, type Subject } from "../../../src/learning/subject/subject.ts";
import { findUnseededLayer } from "../../../src/learning/training/findUnseededLayer.ts";
import { planForward } from "../../../src/learning/training/forward.ts";
import { planGradients, trainableVariables } from "../../../src/learning/training/gradients.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { type Slope, slopeAlong } from "../engine/layers/slope.ts";
import { anyModel, subjectOf } from "./anyModel.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Builds the subject's model for `work` and frees it. */
async function withModel<Result>(
  subject: Subject,
  work: (model: LayersModel) => Result | Promise<Result>,
): Promise<Result> {
  const disposeModel = noteVariables();
  const model = await subject.buildModel(subject.seed);
  try {
    return await work(model);
  } finally {
    disposeModel(model);
  }
}

/** A step in the weights long enough for float32, and short enough for the curve to be a line. */
const STEP = 3e-3;

/** Slope of the first batch's loss along a direction drawn at random: by the gradients, and by a difference quotient. */
function slopeOf(model: LayersModel, subject: Subject): Promise<Slope> {
  const batch = firstExamples(subject.train, 16);
  const variables = trainableVariables(model);
  const passOf = planGradients(model, variables, createCriterion(subject.loss));
  return slopeAlong(variables, seedStream(1, "slopes"), () => passOf(batch), STEP);
}

describe.each(anyModel)("$name", (entry) => {
  test("learns, twice the same, and leaves no tensor behind", async () => {
    const subject = await subjectOf(entry);
    const before = memory().numTensors;

    const first = await train(subject);
    const second = await train(subject);

    expect(memory().numTensors).toBe(before);
    expect(second).toEqual(first);
    const mean = (losses: readonly number[]) => losses.reduce((sum, one) => sum + one, 0) / losses.length;
    expect(mean(first.trace.losses.slice(-5))).toBeLessThan(0.9 * mean(first.trace.losses.slice(0, 3)));
    expect(first.survey?.layers.every(({ moved }) => Number.isFinite(moved))).toBe(true);
    expect(await findUnseededLayer(subject)).toBeNull();
  });

  test("may be given a single example", async () => {
    const run = await train(onExamples(await subjectOf(entry), [3], 2), { probes: false });

    expect(run.finite).toBe(true);
  });

  test.skipIf(entry.draws)("predicts what the model predicts, and has its gradient", async () => {
    const subject = await subjectOf(entry);
    await withModel(subject, async (model) => {
      const { inputs, inputShape } = firstExamples(subject.train, 16);
      const [planned, stock] = tidy(() => {
        const x = tensor(inputs, [16, ...inputShape]);
        const ours = planForward(model)([x], false)[0]?.dataSync() as Float32Array;
        return [ours, (model.predict(x, { batchSize: 16 }) as Tensor).dataSync()];
      });
      const { gradient, quotient, size } = await slopeOf(model, subject);

      planned.forEach((value, index) => {
        expect(value).toBeCloseTo(stock[index] as number, 5);
      });
      expect(size).toBeGreaterThan(0);
      expect(Math.abs(gradient - quotient)).toBeLessThan(0.01 * size);
    });
  });
});
