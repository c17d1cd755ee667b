import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../src/foundation/random/shuffle.ts";
import { sampleExamples, sampleIndices } from "../../../src/learning/subject/sample.ts";

describe("the sample that a run is judged on", () => {
  test("is every example in its order where there are at most 256", () => {
    expect(sampleIndices(256, 7)).toEqual(Array.from({ length: 256 }, (_, index) => index));
  });

  test("of more is 256 different ones from all over the set, the same for one seed and others for another", () => {
    const sample = sampleIndices(1000, 7);

    expect(new Set(sample).size).toBe(256);
    expect(sampleIndices(1000, 7)).toEqual(sample);
    expect(sampleIndices(1000, 8)).not.toEqual(sample);
    expect(sample.filter((index) => index >= 500).length).toBeGreaterThan(90);
  });

  test("is the beginning of a shuffle, whatever was drawn before", () => {
    const order = (seed: number) => [...shuffledIndices(1000, seedStream(seed, "sample"))];

    for (const [seed, most] of [7, 8, 7, 9, 10, 11, 7].flatMap((seed) => [
      [seed, 10] as const,
      [seed, 300] as const,
    ]))
      expect(sampleIndices(1000, seed, most)).toEqual(order(seed).slice(0, most));
  });

  test("of rows sorted by class has both classes in their proportion, where the first 256 have one", () => {
    const targets = Float32Array.from({ length: 1000 }, (_, row) => Number(row >= 600));
    const examples = { count: 1000, inputShape: [1], outputs: 1, inputs: targets, targets };
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

    expect(sum(targets.subarray(0, 256))).toBe(0);
    expect(Math.abs(sum(sampleExamples(examples, 3).targets) / 256 - 0.4)).toBeLessThan(0.1);
  });
});
