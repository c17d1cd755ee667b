import { expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { measureReplicates } from "../../../../src/judging/evidence/reference/replicates.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

/** Throws of a die, each with its number and so much noise as target. */
function throws(noise: number, jitter = 0): Examples {
  const random = seedStream(2, "replicates");
  const dice = Array.from({ length: 400 }, () => Math.floor(6 * random.uniform()));
  return {
    count: 400,
    inputShape: [1],
    outputs: 1,
    inputs: Float32Array.from(dice, (die) => die + jitter * random.uniform()),
    targets: Float32Array.from(dice, (die) => die + noise * Math.sqrt(12) * (random.uniform() - 0.5)),
  };
}

test("rows of equal inputs tell the least error that can be reached", () => {
  const { share, noise } = measureReplicates(throws(2)) ?? { share: 0, noise: 0 };

  expect(share).toBe(1);
  // The die itself has a variance of 35 / 12, the noise one of 4.
  expect(noise).toBeCloseTo(4 / (4 + 35 / 12), 1);
});

test("without noise there is none, and without equal inputs nobody knows: the twins", () => {
  expect(measureReplicates(throws(0))?.noise).toBe(0);
  expect(measureReplicates(throws(2, 0.1))).toBeNull();
});
