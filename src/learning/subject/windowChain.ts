import type { Examples } from "./examples.ts";

/** Rows are windows of one series if another one follows at least this share of them. */
const MOST_ENDS = 0.2;
const FEWEST_STEPS = 3;

/**
 * Finds, for each window of a series, the row that holds the window one step later, in whatever order they stand.
 *
 * @returns the row for each row, -1 behind the last window; null where the rows are no windows that follow each other.
 */
export function chainWindows({ inputs, inputShape, count }: Examples): Int32Array | null {
  const [steps = 0, features = 1] = inputShape;
  if (inputShape.length > 2 || steps < FEWEST_STEPS || count < 2) return null;
  const { next } = linkWindows(inputs, steps * features, features);
  return countEnds(next) <= MOST_ENDS * count ? next : null;
}

/** Rows of a split at random lose many of those that followed them to the other half. */
const MOST_ENDS_OF_A_SPLIT = 0.5;
/** Rows that begin with the same numbers as others, such as those of a few symbols, follow each other by chance. */
const APART = 0.9;

/** Whether rows are surely windows of one series: most of them are continued by another one, in whatever order they stand. */
export function continueEachOther({ inputs, inputShape, count }: Examples): boolean {
  const [steps = 0, features = 1] = inputShape;
  if (inputShape.length > 2 || steps < FEWEST_STEPS || count < 2) return false;
  const { next, begins } = linkWindows(inputs, steps * features, features);
  return begins >= APART * count && countEnds(next) <= MOST_ENDS_OF_A_SPLIT * count;
}

/** Finds the row that goes on where each one has left its first step, and counts how many different beginnings rows have. */
function linkWindows(inputs: Float32Array, size: number, features: number) {
  const count = inputs.length / size;
  const key = (row: number, from: number) =>
    inputs.subarray(row * size + from, row * size + from + size - features).join(" ");
  const rows = new Map<string, number>();
  for (let row = 0; row < count; row++) rows.set(key(row, 0), row);
  const next = Int32Array.from({ length: count }, (_, row) => {
    const follower = rows.get(key(row, features)) ?? -1;
    return follower === row ? -1 : follower;
  });
  return { next, begins: rows.size };
}

function countEnds(next: Int32Array): number {
  return next.reduce((sum, row) => (row === -1 ? sum + 1 : sum), 0);
}

/** Goes some windows on from each row. @returns -1 where the series ends before. */
export function followChain(next: Int32Array, windows: number): Int32Array {
  let at = Int32Array.from(next.keys());
  for (let step = 0; step < windows; step++) at = at.map((row) => (row === -1 ? -1 : (next[row] as number)));
  return at;
}
