/** Numbers below lie at 0: what is smaller has no reciprocal. */
const LEAST_SIZE = 1e-300;
/** Between these the chart library finds places for its labels. */
const PLAIN = { linear: [1e-6, 1e12], log: [1e-100, 1e100] } as const;
/** The largest ratio between the ends of a logarithmic axis. */
const MOST_DECADES = 1e150;
/** A range smaller than this share of its numbers has fewer digits than labels need. */
const FINEST = 1e-9;

/** How the numbers of an axis are drawn: brought near 1 where they are huge or tiny, and a range that holds them. */
export interface AxisScale {
  /** Returns the position at which a number is drawn. */
  readonly place: (value: number) => number;
  /** Returns the number that is drawn at a position. */
  readonly valueAt: (place: number) => number;
  /** The ends of the axis, as places; undefined where they follow from the numbers. */
  readonly ends: readonly [least: number, most: number] | undefined;
}

/**
 * @param values what is to be seen on the axis; those that are not finite are left out of account.
 * @param fixed the ends of the axis, where they are not to follow from the numbers.
 */
export function scaleAxis(
  values: readonly number[],
  { log = false, fixed }: { log?: boolean; fixed?: readonly [number, number] | undefined } = {},
): AxisScale {
  const size = largest([...values, ...(fixed ?? [])]);
  const factor = factorFor(size, PLAIN[log ? "log" : "linear"]);
  const smallest = log ? Math.max(LEAST_SIZE, size / MOST_DECADES) : LEAST_SIZE;
  const place = (value: number) => (Math.abs(value) < smallest ? 0 : value * factor);
  const valueAt = (at: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, at / factor));
  if (log) return { place, valueAt, ends: undefined };
  const [least, most] = extent((fixed ?? values).map(place));
  const middle = (least + most) / 2;
  const isFlat = most - least < FINEST * Math.max(Math.abs(least), Math.abs(most));
  const ends = isFlat ? widen(middle) : fixed && ([least, most] as const);
  return { place, valueAt, ends };
}

/** The power of ten that brings numbers of a size near 1; 1 where they are near enough. */
function factorFor(size: number, [least, most]: readonly [number, number]): number {
  if (size < LEAST_SIZE || (size >= least && size <= most)) return 1;
  return 10 ** -Math.floor(Math.log10(size));
}

/** Numbers that hardly differ lie in the middle, as a flat line. */
function widen(middle: number): readonly [number, number] {
  const half = Math.abs(middle) / 2;
  return [middle - half, middle + half];
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
}

function extent(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values.filter(Number.isFinite))
    [least, most] = [Math.min(least, value), Math.max(most, value)];
  return least <= most ? [least, most] : [0, 0];
}
