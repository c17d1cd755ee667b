import { seedStream } from "../../foundation/random/seedStream.ts";

/** Pairs of inputs tried, and how far from 0: a relu that is open on every example closes there. */
const TRIALS = 4;
const FAR = 100;

/** Inputs asked together. */
export const ASKED = 3 * TRIALS + 1;

/** Made-up inputs a, b, a + b, for several pairs, then 0: `[ASKED, size]`. */
export function drawAffineQuestions(size: number): Float32Array {
  const random = seedStream(1, "survey/linear");
  const inputs = new Float32Array(ASKED * size);
  for (let trial = 0; trial < TRIALS; trial++) {
    for (let index = 0; index < size; index++) {
      const a = FAR * (2 * random.uniform() - 1);
      // Nearly opposite: a relu that is open at one is closed at the other.
      const b = -a * (0.5 + random.uniform());
      inputs[3 * trial * size + index] = a;
      inputs[(3 * trial + 1) * size + index] = b;
      inputs[(3 * trial + 2) * size + index] = a + b;
    }
  }
  return inputs;
}

/**
 * How far the answers `[ASKED, width]` are from f(a) + f(b) = f(a + b) + f(0), which every affine function keeps, as a
 * part of their size; null where they are all the same or not finite.
 */
export function deviationFromAffine(values: Float32Array): number | null {
  const width = values.length / ASKED;
  const origin = 3 * TRIALS * width;
  let largest = 0;
  let deviation = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    for (let unit = 0; unit < width; unit++) {
      const [a, b, sum] = [0, 1, 2].map((row) => values[(3 * trial + row) * width + unit] as number) as [
        number,
        number,
        number,
      ];
      const zero = values[origin + unit] as number;
      largest = Math.max(largest, Math.abs(a - zero), Math.abs(b - zero), Math.abs(sum - zero));
      deviation = Math.max(deviation, Math.abs(a + b - sum - zero));
    }
  }
  if (!Number.isFinite(deviation) || largest === 0) return null;
  return deviation / largest;
}
