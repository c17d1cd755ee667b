/** How a kernel's work is cut into units that threads can share. */

/** Floats of a unit of the kernels that compute float by float, as in assembly/elementwise.ts. */
const FLOATS = 1024;

/** The fewest units for each thread, so that none waits long for another. */
const UNITS_PER_THREAD = 4;

/**
 * What it takes to read or write a value, in multiplications and additions: memory is slow, and a kernel that only moves
 * values is soon worth sharing.
 */
export const MOVE = 8;

/** How many units of a kernel that computes float by float `size` floats make. */
export function unitsOf(size: number): number {
  return Math.ceil(size / FLOATS);
}

/** How many groups a batch of pictures makes: quadruples, and single pictures that are left. */
export function pictureGroups(batch: number): number {
  return Math.floor(batch / 4) + (batch % 4);
}

/** Into how many blocks each of the `groups` is cut where threads share them, at most `parts`; 1 for one thread. */
export function blocksOf(groups: number, parts: number, threads: number): number {
  if (threads === 1) return 1;
  return Math.max(1, Math.min(Math.ceil((UNITS_PER_THREAD * threads) / groups), parts));
}
