import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import type { KernelInitializer } from "../../../src/learning/config/networkSchema.ts";
import { initialKernel } from "../../../src/learning/subject/initialWeights.ts";

/** A convolution: fan-in 5·5·16 = 400, fan-out 5·5·32 = 800. */
const SHAPE = [5, 5, 16, 32];
const FAN_IN = 400;
const FAN_OUT = 800;

function draw(initializer: KernelInitializer): Float32Array {
  return initialKernel(initializer, SHAPE, seedStream(1, "weights"));
}

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

describe("initial weights of 12,800 draws, seed 1", () => {
  // Keras: a uniform variance-scaling initializer reaches to √(3·variance).
  test.each([
    ["glorotUniform", Math.sqrt(6 / (FAN_IN + FAN_OUT))],
    ["heUniform", Math.sqrt(6 / FAN_IN)],
  ] as const)("of %s fill the interval up to Keras's limit and stay inside", (initializer, limit) => {
    const weights = draw(initializer);
    const largest = Math.max(...weights.map(Math.abs));

    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.998 * limit);
    expect(Math.abs(deviation(weights) * Math.sqrt(3) - limit)).toBeLessThan(0.02 * limit);
  });

  // Keras divides by the deviation of the truncated normal, so the variance is the named one.
  test.each([
    ["glorotNormal", Math.sqrt(2 / (FAN_IN + FAN_OUT))],
    ["heNormal", Math.sqrt(2 / FAN_IN)],
  ] as const)("of %s have Keras's deviation, cut off at two of the wider normal's", (initializer, wanted) => {
    const weights = draw(initializer);
    const largest = Math.max(...weights.map(Math.abs));

    expect(Math.abs(deviation(weights) - wanted)).toBeLessThan(0.03 * wanted);
    expect(largest).toBeLessThanOrEqual((2 * wanted) / 0.87962566103423978);
    expect(largest).toBeGreaterThan((1.95 * wanted) / 0.87962566103423978);
  });

  test("of zeros are 0, and of constant 1 / fan-in", () => {
    expect(new Set(draw("zeros"))).toEqual(new Set([0]));
    expect(new Set(draw("constant"))).toEqual(new Set([Math.fround(1 / FAN_IN)]));
  });

  test("of a dense kernel take units in and units out as fans", () => {
    const weights = initialKernel("heUniform", [6, 1000], seedStream(1, "weights"));

    expect(weights).toHaveLength(6000);
    expect(Math.max(...weights)).toBeGreaterThan(0.99);
    expect(Math.max(...weights)).toBeLessThanOrEqual(1);
  });
});
