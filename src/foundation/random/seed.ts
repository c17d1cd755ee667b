/** Seeds start at 1 (TensorFlow.js takes a seed of 0 for none) and fit a signed 32-bit integer. */
export const LARGEST_SEED = 2_147_483_647;

/** The seed of a config that gives none. */
export const DEFAULT_SEED = 1;

/** Returns the seed `steps` further on; after the largest comes 1 again. */
export function laterSeed(seed: number, steps: number): number {
  return ((seed + steps - 1) % LARGEST_SEED) + 1;
}
