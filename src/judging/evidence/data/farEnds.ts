/** How many ranges of all the other numbers an outlier is away. */
export const RANGES = 10;
/** The same for the logarithms of a column of positive numbers, whose few large ones may be sound. */
const RANGES_OF_LOGARITHMS = 1;

/** How many of the smallest and how many of the largest numbers lie far from all the others. */
export interface FarEnds {
  readonly low: number;
  readonly high: number;
}

/**
 * Finds the most numbers at both ends that lie more than {@link RANGES} ranges of all the others away from them.
 *
 * Every end that stands apart needs a gap that is larger than all that lies further inside, so that each gap is at least
 * ten times the next one: a column has only a few, however many rows it has.
 *
 * @param sorted numbers in ascending order.
 * @param most numbers at both ends together, fewer than half of all.
 */
export function findFarEnds(sorted: Float32Array, most: number): FarEnds {
  const sizes = Array.from({ length: most + 1 }, (_, size) => size);
  const lows = sizes.filter((low) => low === 0 || mayStandApart(sorted, low, most - low, low - 1));
  const highs = sizes.filter(
    (high) => high === 0 || mayStandApart(sorted, most - high, high, sorted.length - high),
  );
  let best: FarEnds = { low: 0, high: 0 };
  for (const low of lows)
    for (const high of highs) {
      const isMore = low + high > best.low + best.high;
      if (isMore && low + high <= most && standApart(sorted, low, high)) best = { low, high };
    }
  return best;
}

/** Whether the number at a place is far from the smallest range that can remain between the ends. */
function mayStandApart(sorted: Float32Array, low: number, high: number, place: number): boolean {
  const inner = innerOf(sorted, low, high);
  const value = sorted[place] as number;
  const hasNoRange = inner[0] === inner[1];
  return hasNoRange ? value !== inner[0] : rangesAway(value, inner) > RANGES;
}

/** Whether the first `low` and the last `high` of sorted numbers are far from all the others. */
function standApart(sorted: Float32Array, low: number, high: number): boolean {
  const inner = innerOf(sorted, low, high);
  const outer = [
    ...(low > 0 ? [sorted[low - 1] as number] : []),
    ...(high > 0 ? [sorted[sorted.length - high] as number] : []),
  ];
  if (!outer.every((value) => rangesAway(value, inner) > RANGES)) return false;
  const [least, largest] = inner;
  if (least <= 0) return true;
  const logarithms = [Math.log(least), Math.log(largest)] as const;
  return outer.every((value) => value <= 0 || rangesAway(Math.log(value), logarithms) > RANGES_OF_LOGARITHMS);
}

/** The least and the largest number between the ends. */
function innerOf(sorted: Float32Array, low: number, high: number): readonly [number, number] {
  return [sorted[low] as number, sorted[sorted.length - 1 - high] as number];
}

/** The distance of a number from others, in units of their range; 0 where they have none. */
function rangesAway(value: number, [least, largest]: readonly [number, number]): number {
  return largest > least ? Math.max(least - value, value - largest) / (largest - least) : 0;
}
