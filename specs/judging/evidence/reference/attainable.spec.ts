import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { measureAttainable } from "../../../../src/judging/evidence/reference/attainable.ts";
import {
  boundOfWorstNumber,
  fairBound,
  fairThresholds,
} from "../../../../src/judging/outcome/fairThresholds.ts";
import { judge, learnsDespiteNoise } from "../../../../src/judging/outcome/verdict.ts";
import { thresholds as thresholdsSchema } from "../../../../src/learning/config/trainingSchema.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

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

  test("leaves room for chance where a run is judged by few examples", () => {
    const flipped = drawExamples(([x = 0], noise) => (x > 0 !== noise > 0.6 ? 1 : 0), {
      classification: true,
    });
    const fair = fairThresholds({ train: flipped }, strict);
    const boundOf = (examples?: number) => fairBound(0.3, fair, "errorOverPrior", 0, examples);
    const left = measureAttainable({ train: flipped })?.errorOverPrior ?? 0;

    const ofMany = left + 0.3 * (1 - left);
    expect(boundOf()).toBeCloseTo(ofMany);
    expect(boundOf(100_000)).toBeCloseTo(ofMany);
    // Of 10 labels about 5 are of the rarer class, of which so many are answered wrongly, give or take one.
    expect(boundOf(10)).toBeGreaterThan(ofMany);
    expect(boundOf(10)).toBeLessThan(left + 0.4);
  });

  test("asks of much noise for the same part of the rest as of none, and of little for what it asks of none", () => {
    const boundOf = (lossOverVariance: number) =>
      fairBound(0.2, { attainable: () => ({ lossOverVariance, errorOverPrior: null }) }, "lossOverVariance");

    expect(boundOf(0.4)).toBeCloseTo(0.4 + 0.2 * 0.6);
    expect(boundOf(0.05)).toBe(0.2);
    expect(boundOf(0.75)).toBeLessThan(1);
    // What leaves so much excuses nobody.
    expect(boundOf(0.9)).toBe(0.2);
  });

  test("lets a number that holds only noise be a little farther off than its mean", () => {
    const noise = { lossOverVariance: 0.3, errorOverPrior: null, ofWorstNumber: 0.99 };

    expect(boundOfWorstNumber({ attainable: () => noise }, 1)).toBeCloseTo(1.05 * 0.99);
    expect(boundOfWorstNumber({ attainable: () => ({ ...noise, ofWorstNumber: 0.5 }) }, 1)).toBe(1);
    expect(boundOfWorstNumber({ attainable: null }, 1)).toBe(1);
  });

  test("is counted label by label where several may hold together", () => {
    const labelled = (share: number): Examples => {
      const random = seedStream(6, "specs/attainable/labels");
      const { inputs, count, ...rest } = noisyLine;
      const targets = Float32Array.from({ length: 2 * count }, (_, at) =>
        Number((inputs[at] as number) > 0 !== random.uniform() < share),
      );
      const part = { name: "labels", shape: [2], classification: true, severalLabels: true };
      return { ...rest, inputs, count, targets, outputs: 2, targetParts: [part] };
    };

    const turned = measureAttainable({ train: labelled(0.2) })?.errorOverPrior;
    expect(turned).toBeGreaterThan(0.35);
    expect(turned).toBeLessThan(0.6);
    expect(measureAttainable({ train: labelled(0) })?.errorOverPrior).toBeLessThan(0.15);
  });

  test("is told of each output by itself: one may be noisy beside another that is not", () => {
    const { targets } = noisyLine;
    const { inputs, count } = curve;
    const both = Float32Array.from({ length: 2 * count }, (_, at) => {
      const row = Math.floor(at / 2);
      return (at % 2 === 0 ? inputs[2 * row] : targets[row]) as number;
    });
    const train: Examples = {
      ...noisyLine,
      targets: both,
      outputs: 2,
      targetParts: [
        { name: "clean", shape: [1], classification: false },
        { name: "noisy", shape: [1], classification: false },
      ],
    };

    expect(measureAttainable({ train }, 0)?.lossOverVariance).toBeLessThan(0.05);
    expect(measureAttainable({ train }, 1)).toEqual(measureAttainable({ train: noisyLine }));
    expect(fairBound(0.2, fairThresholds({ train }, strict), "lossOverVariance", 0)).toBe(0.2);
  });

  test("is not known of few examples and of many columns", () => {
    const small = drawExamples(([x = 0]) => x, { count: 30 });
    const wide = drawExamples(([x = 0]) => x, { columns: 65 });

    expect(measureAttainable({ train: small })).toBeNull();
    expect(measureAttainable({ train: wide })).toBeNull();
  });

  test("is the same at each asking", () => {
    expect(measureAttainable({ train: { ...noisyLine } })).toEqual(measureAttainable({ train: noisyLine }));
  });
});

describe("what sequences of tokens allow", () => {
  const LETTERS = 6;
  const LENGTH = 10;

  /** Windows of a text in which each letter follows from the two before it, but for a share that is drawn. */
  function drawText(drawn: number, answer: "next" | "all" | "tag" = "all"): Examples {
    const random = seedStream(9, "specs/attainable/text");
    const text = [0, 1];
    while (text.length < 2000) {
      const [a = 0, b = 0] = text.slice(-2);
      text.push(random.uniform() < drawn ? Math.floor(LETTERS * random.uniform()) : (a + b) % LETTERS);
    }
    const starts = Array.from({ length: 400 }, (_, window) => 4 * window + 2);
    const oneHot = (letter: number | undefined) =>
      Array.from({ length: LETTERS }, (_, label) => Number(label === letter));
    const rows = Array.from({ length: LENGTH }, (_, place) => place);
    // A tag depends on the letter and on the one behind it.
    const tagOf = (at: number) => ((text[at] as number) + 2 * (text[at + 1] as number)) % LETTERS;
    const targets = starts.flatMap((start) =>
      answer === "next"
        ? oneHot(text[start + LENGTH])
        : rows.flatMap((place) => oneHot(answer === "tag" ? tagOf(start + place) : text[start + place + 1])),
    );
    const outputs = targets.length / starts.length;
    const shape = answer === "next" ? [LETTERS] : [LENGTH, LETTERS];
    return {
      inputs: Float32Array.from(starts.flatMap((start) => text.slice(start, start + LENGTH))),
      targets: Float32Array.from(targets),
      count: starts.length,
      outputs,
      inputShape: [LENGTH],
      targetParts: [{ name: "letters", shape, classification: true }],
    };
  }

  test.each(["next", "all"] as const)("leave the letters that were drawn: %s", (answer) => {
    const left = measureAttainable({ train: drawText(0.33, answer) });

    expect(left?.errorOverPrior).toBeGreaterThan(0.27);
    expect(left?.errorOverPrior).toBeLessThan(0.6);
  });

  test.each(["next", "all"] as const)("leave little where no letter is drawn: the twin, %s", (answer) => {
    // The first letter of a window has one known letter before it alone.
    expect(measureAttainable({ train: drawText(0.02, answer) })?.errorOverPrior).toBeLessThan(0.2);
  });

  test("leave little where a tag depends on the letter behind it, which is drawn", () => {
    expect(measureAttainable({ train: drawText(1, "tag") })?.errorOverPrior).toBeLessThan(0.2);
  });

  test("excuse nobody where every letter is drawn", () => {
    const attainable = measureAttainable({ train: drawText(1) });

    expect(attainable?.errorOverPrior).toBeGreaterThan(0.9);
    expect(fairBound(0.3, { attainable: () => attainable }, "errorOverPrior")).toBe(0.3);
  });
});

describe("a run on noisy data", () => {
  const run = (lossOverVariance: number, varianceRatio: number) => {
    const output = {
      name: "output",
      varianceRatio,
      varianceRatios: [varianceRatio],
      lossOverVariance,
      examples: 1,
      shape: [1],
      targets: new Float32Array(1),
      predictions: new Float32Array(1),
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
