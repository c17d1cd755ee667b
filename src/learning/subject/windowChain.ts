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
  const size = steps * features;
  const key = (row: number, from: number) =>
    inputs.subarray(row * size + from, row * size + from + size - features).join(" ");
  const rows = new Map<string, number>();
  for (let row = 0; row < count; row++) rows.set(key(row, 0), row);
  const next = Int32Array.from({ length: count }, (_, row) => {
    const follower = rows.get(key(row, features)) ?? -1;
    return follower === row ? -1 : follower;
  });
  const ends = next.reduce((sum, row) => (row === -1 ? sum + 1 : sum), 0);
  return ends <= MOST_ENDS * count ? next : null;
}

/** Goes some windows on from each row. @returns -1 where the series ends before. */
export function followChain(next: Int32Array, windows: number): Int32Array {
  let at = Int32Array.from(next.keys());
  for (let step = 0; step < windows; step++) at = at.map((row) => (row === -1 ? -1 : (next[row] as number)));
  return at;
}
