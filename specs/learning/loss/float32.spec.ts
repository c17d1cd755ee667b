import { grad, tensor1d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import type { LossConfig } from "../../../src/learning/config/schema.ts";
import { createLoss } from "../../../src/learning/loss/loss.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { isLogarithmLarger } from "./logarithmicTerm.ts";

const PAIRS = 4000;
const SEED = 1;
const MSLE: LossConfig = { name: "msle", epsilon: 1e-9 };

/** The float32 number `ulps` above a positive one. */
function above(value: number, ulps: number): number {
  const bits = new Int32Array(new Float32Array([value]).buffer);
  bits[0] = (bits[0] as number) + ulps;
  return new Float32Array(bits.buffer)[0] as number;
}

/** Targets spread evenly over [0.05, 1), float32. */
function drawTargets(name: string): number[] {
  const stream = seedStream(SEED, name);
  return Array.from({ length: PAIRS }, () => Math.fround(0.05 + 0.95 * stream.uniform()));
}

function gradients(config: LossConfig, targets: number[], predictions: number[]): Float32Array {
  return tidy(() => {
    const slope = grad((p) => createLoss(config)(tensor1d(targets), p));
    return slope(tensor1d(predictions)).dataSync() as Float32Array;
  });
}

/** The share of targets for which the squared logarithmic error has no gradient a few ulps away. */
function shareWithoutGradient(ulps: number): number {
  const targets = drawTargets(`ulps/${ulps}`);
  const slopes = gradients(
    MSLE,
    targets,
    targets.map((target) => above(target, ulps)),
  );
  return slopes.filter((slope) => slope === 0).length / PAIRS;
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("in float32", () => {
  // The claim's end: both logarithms round to one number, and no alpha brings a gradient of 0 back.
  test(`y and ŷ one ulp apart often have logarithms that agree, seed ${SEED}`, () => {
    const share = shareWithoutGradient(1);

    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.5);
  });

  test(`from 16 ulps on they never do, seed ${SEED}`, () => {
    expect([16, 32, 64].map(shareWithoutGradient)).toEqual([0, 0, 0]);
  });

  test(`the law holds of training's own gradients for pairs more than 1e-5 apart, seed ${SEED}`, () => {
    const targets = drawTargets("law/targets");
    const places = seedStream(SEED, "law/predictions");
    // Up to 4.5: on both sides of the boundary, which lies between 2.8 and 5.
    const predictions = targets.map(() => Math.fround(0.01 + 4.5 * places.uniform()));

    const squares = gradients({ name: "mse" }, targets, predictions);
    const logarithms = gradients(MSLE, targets, predictions);

    const wrong = targets.filter((y, index) => {
      const p = predictions[index] as number;
      const ratio = Math.abs((5 * (logarithms[index] as number)) / (squares[index] as number));
      const decided = Math.abs(y - p) > 1e-5 && Math.abs(ratio - 1) > 1e-3;
      return decided && ratio > 1 !== isLogarithmLarger(y, p, { alpha: 5, epsilon: 1e-9 });
    });
    expect(wrong).toEqual([]);
  });

  test("an offset of 1e-9 changes a number below 2⁻⁵ and none above", () => {
    const offset = Math.fround(1e-9);

    expect(Math.fround(2 ** -5 + offset)).toBe(2 ** -5);
    expect(Math.fround(above(2 ** -5, -1) + offset)).toBe(2 ** -5);
    expect(Math.fround(above(2 ** -6, 1) + offset)).toBe(above(2 ** -6, 2));
  });
});
