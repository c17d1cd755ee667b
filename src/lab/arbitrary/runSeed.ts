import fc from "fast-check";
import { LARGEST_SEED } from "../../foundation/random/seed.ts";

/**
 * Seeds of runs, from 1 to 2147483647. They do not shrink: a smaller seed is another run, no simpler one.
 */
export function runSeed(): fc.Arbitrary<number> {
  return fc.noShrink(fc.integer({ min: 1, max: LARGEST_SEED }));
}
