import fc from "fast-check";
import type { BoxDataConfig, DenseDataConfig } from "../../learning/config/schema.ts";
import { fraction, range, someOf } from "./someOf.ts";

const sizes = { examples: fc.integer({ min: 1, max: 200 }), heldOut: fc.integer({ min: 0, max: 50 }) };

/** Any pictures of a box of 1 to 8 pixels. Shrinks towards a single one. */
export function dataConfig(): fc.Arbitrary<Partial<BoxDataConfig>> {
  return someOf({
    ...sizes,
    boxSize: fc.integer({ min: 1, max: 8 }),
    noise: fraction,
    background: fc.constantFrom(...(["plain", "contrast"] as const)),
    inputRange: range,
    targetRange: range,
  });
}

/** Any examples for a fully connected network, with one formula for each of its `outputs`. */
export function denseDataConfig(outputs: number): fc.Arbitrary<Partial<DenseDataConfig>> {
  const formula = fc.constantFrom("x0 * x0", "sin(3 * x0)", "x0 > 0.5", "0");
  return fc
    .record({
      formula: fc.array(formula, { minLength: outputs, maxLength: outputs }),
      knobs: someOf({ ...sizes, inputRange: range, noise: fraction, classification: fc.boolean() }),
    })
    .map(({ formula, knobs }) => ({ formula, ...knobs }));
}
