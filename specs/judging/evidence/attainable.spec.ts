import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { measureAttainable } from "../../../src/judging/evidence/attainable.ts";
import { fairBound, fairThresholds } from "../../../src/judging/outcome/fairThresholds.ts";
import { judge, learnsDespiteNoise } from "../../../src/judging/outcome/verdict.ts";
import { thresholds as thresholdsSchema } from "../../../src/learning/config/trainingSchema.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

const strict = thresholdsSchema.parse({});

/** Examples with inputs from -1 to 1. */
function drawExamples(
  target: (inputs: readonly number[], noise: number) => number,
  { columns = 2, count = 400, classification = false } = {},
): Examples {
  const random = seedStream(5, "specs/attainable");
  const inputs = Float32Array.from({ length: count * columns }, () => 2 * random.uniform() - 1);
  const targets = Float32Array.from({ length: count }, (_, row) =>
    target([...inputs.subarray(row * columns, (row + 1) * columns)], 2 * random.uniform() - 1),
  );
  return { inputs, targets, count, outputs: 1, inputShape: [columns], classification };
}

const noisyLine = drawExamples(([x = 0], noise) => x + noise);
const curve = drawExamples(([x = 0, y = 0]) => Math.sin(3 * x) * y);

describe("what data allow", () => {
  test("is about the share of the noise where targets are noisy", () => {
    const reached = measureAttainable({ train: noisyLine });

    expect(reached?.lossOverVariance).toBeGreaterThan(0.4);
    expect(reached?.lossOverVariance).toBeLessThan(0.6);
  });

  test("is nearly all where a function without noise can be learnt: the twin", () => {
    expect(measureAttainable({ train: curve })?.lossOverVariance).toBeLessThan(0.05);
  });

  test("is counted in wrong classes where labels are flipped", () => {
    const flipped = drawExamples(([x = 0], noise) => (x > 0 !== noise > 0.6 ? 1 : 0), {
      classification: true,
    });
    const clean = drawExamples(([x = 0]) => (x > 0 ? 1 : 0), { classification: true });

    expect(measureAttainable({ train: flipped })?.errorOverPrior).toBeGreaterThan(0.3);
    expect(measureAttainable({ train: clean })?.errorOverPrior).toBeLessThan(0.15);
  });

  test("is not known of few examples, of many columns and of several outputs", () => {
    const small = drawExamples(([x = 0]) => x, { count: 30 });
    const wide = drawExamples(([x = 0]) => x, { columns: 65 });

    expect(measureAttainable({ train: small })).toBeNull();
    expect(measureAttainable({ train: wide })).toBeNull();
  });

  test("is the same at each asking", () => {
    expect(measureAttainable({ train: { ...noisyLine } })).toEqual(measureAttainable({ train: noisyLine }));
  });
});

describe("a run on noisy data", () => {
  const run = (lossOverVariance: number, varianceRatio: number) => {
    const output = {
      name: "output",
      varianceRatio,
      varianceRatios: [varianceRatio],
      lossOverVariance,
      errorOverVariances: [lossOverVariance],
      meanSquaredError: lossOverVariance,
      targetVariance: 1,
      errorOverPrior: null,
      classes: null,
      measured: null,
    };
    return { finite: true, train: { ...output, outputs: [output] } } as unknown as Parameters<
      typeof judge
    >[0];
  };

  test("learns if it leaves what references leave, and not by the strict thresholds", () => {
    const fair = fairThresholds({ train: noisyLine }, strict);

    expect(judge(run(0.4, 0.5), fair)).toBe("learns");
    expect(judge(run(0.4, 0.5), strict)).toBe("stalled");
    expect(learnsDespiteNoise(run(0.4, 0.5), fair)).toBe(true);
    expect(learnsDespiteNoise(run(0.1, 0.9), fair)).toBe(false);
  });

  test("has stalled if it leaves more, or if more could be learnt: the twins", () => {
    expect(judge(run(0.7, 0.3), fairThresholds({ train: noisyLine }, strict))).toBe("stalled");
    expect(judge(run(0.4, 0.5), fairThresholds({ train: curve }, strict))).toBe("stalled");
  });

  test("is excused by no reference that has learnt next to nothing itself", () => {
    const noise = drawExamples((_, pure) => pure);

    expect(fairBound(0.2, fairThresholds({ train: noise }, strict), "lossOverVariance")).toBe(0.2);
  });
});
