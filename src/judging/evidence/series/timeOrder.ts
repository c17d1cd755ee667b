import { largestOf } from "../../../foundation/numbers/extremes.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { isSeries } from "./series.ts";

/** So many windows are looked at; windows of one series overlap within a few rows of each other. */
const MOST_ROWS = 2000;
/** Two windows are compared if they share at least this many steps, and at least half of them. */
const FEWEST_SHARED = 3;
/** Windows that were cut from one series agree about the shift of every shared step, but for repeated values. */
const IN_ORDER = 0.7;

/**
 * Measures whether the steps of the windows of a series are out of order. Overlapping windows hold the same steps; where
 * these were cut from one series, each shared step is shifted by the same number of places.
 *
 * @returns the share of overlapping pairs of windows whose steps are out of order; null if the inputs are not windows of
 * a series, or do not overlap.
 */
export function shareOutOfOrder(examples: Examples): number | null {
  if (!isSeries(examples)) return null;
  const windows = stepsOf(examples);
  const holders = holdersOf(windows);
  let pairs = 0;
  let outOfOrder = 0;
  windows.forEach((window, row) => {
    for (const { shared, shifts } of overlapsWithLaterRows(window, row, holders)) {
      if (shared.size < Math.max(FEWEST_SHARED, window.length / 2)) continue;
      pairs++;
      if (mostCommon(shifts) < IN_ORDER * shared.size) outOfOrder++;
    }
  });
  return pairs === 0 ? null : outOfOrder / pairs;
}

/** A step as a key: all its features, bit by bit. */
type Step = string;

interface Place {
  readonly row: number;
  readonly step: number;
}

function stepsOf({ inputs, inputShape, count }: Examples): Step[][] {
  const [steps, features] = inputShape as [number, number];
  return Array.from({ length: Math.min(count, MOST_ROWS) }, (_, row) =>
    Array.from({ length: steps }, (_, step) => {
      const start = (row * steps + step) * features;
      return inputs.subarray(start, start + features).join();
    }),
  );
}

function holdersOf(windows: readonly Step[][]): Map<Step, Place[]> {
  const holders = new Map<Step, Place[]>();
  windows.forEach((window, row) => {
    window.forEach((key, step) => {
      const places = holders.get(key);
      if (places) places.push({ row, step });
      else holders.set(key, [{ row, step }]);
    });
  });
  return holders;
}

/** The steps that a window shares with a later one. */
interface Overlap {
  /** Steps of the window that the other holds too. */
  readonly shared: Set<number>;
  /** By how many places each match is shifted; coarse values match at several places. */
  readonly shifts: number[];
}

function overlapsWithLaterRows(
  window: readonly Step[],
  row: number,
  holders: ReadonlyMap<Step, readonly Place[]>,
): Iterable<Overlap> {
  const overlaps = new Map<number, Overlap>();
  window.forEach((key, step) => {
    const places = holders.get(key) ?? [];
    // A value that many windows hold, such as 0, says nothing about which steps are the same.
    if (places.length > 2 * window.length) return;
    for (const other of places) {
      if (other.row <= row) continue;
      const overlap = overlaps.get(other.row) ?? { shared: new Set(), shifts: [] };
      overlap.shared.add(step);
      overlap.shifts.push(other.step - step);
      overlaps.set(other.row, overlap);
    }
  });
  return overlaps.values();
}

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return largestOf(counts.values());
}
