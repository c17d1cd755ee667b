import seedrandom from "seedrandom";
import { LARGEST_SEED } from "./seed.ts";

/** A named, seeded source of randomness: the same seed and name give the same numbers on any machine. */
export interface SeedStream {
  /** The next number, uniform in [0, 1), with 32 bits of resolution. */
  uniform(): number;
  /** The next whole number, uniform in [0, limit). */
  below(limit: number): number;
}

/**
 * Derives the stream `name` (such as `weights/conv1`, `data/train/boxes`, `shuffle`) from a run's seed.
 *
 * Every consumer has a stream of its own, so that drawing more in one place changes nothing elsewhere.
 * The generator is seedrandom's Alea: sums and products of doubles only, so the bits do not depend on a
 * platform's transcendental functions, and 10,000 pictures of noise take a fraction of a second.
 *
 * @throws {RangeError} when the seed is no whole number from 1 to 2147483647.
 */
export function seedStream(seed: number, name: string): SeedStream {
  if (!Number.isInteger(seed) || seed < 1 || seed > LARGEST_SEED) {
    throw new RangeError(
      `seedStream: the seed must be a whole number from 1 to ${LARGEST_SEED}, got ${seed}`,
    );
  }
  const next = seedrandom.alea(`${seed}/${name}`);
  return { uniform: () => next(), below: (limit) => Math.floor(next() * limit) };
}
