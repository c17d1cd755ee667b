/** A point of a series. */
export type Point = readonly [x: number, y: number];

/** What a series is, where its colour shall say so: the run that fails, or the one with the cure. */
export type Tone = "broken" | "cured";

/** A line of a chart. */
export interface Series {
  readonly name: string;
  /** In the order of x. A y that is not finite has no place and leaves a gap. */
  readonly points: readonly Point[];
  /** @defaultValue the next of a row of colours */
  readonly tone?: Tone | undefined;
}

/**
 * Thins a series to `most` points. The first and the last point stay, and of each stretch between them the least and
 * the greatest, so that no peak is lost.
 *
 * @param most at least 4.
 */
export function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const stretches = Math.floor((most - 2) / 2);
  const inner = points.length - 2;
  const kept: Point[] = [points[0] as Point];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = 1 + Math.floor((stretch * inner) / stretches);
    const to = 1 + Math.floor(((stretch + 1) * inner) / stretches);
    kept.push(...extremes(points, from, to));
  }
  kept.push(points.at(-1) as Point);
  return kept;
}

/** The least and the greatest point of a stretch, in their order. A point without a number counts as the greatest. */
function extremes(points: readonly Point[], from: number, to: number): Point[] {
  let [least, most] = [from, from];
  for (let index = from; index < to; index++) {
    const value = sizeAt(points, index);
    if (value < sizeAt(points, least)) least = index;
    if (value > sizeAt(points, most)) most = index;
  }
  return [...new Set([Math.min(least, most), Math.max(least, most)])].map((index) => points[index] as Point);
}

function sizeAt(points: readonly Point[], index: number): number {
  const [, y] = points[index] as Point;
  return Number.isFinite(y) ? y : Number.POSITIVE_INFINITY;
}
