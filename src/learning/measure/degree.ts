import { average } from "../../foundation/numbers/statistics.ts";

/**
 * How an error measure grows with the distance from the targets: 2 as a squared error, 1 as an absolute error or an
 * angle, 0 where small distances cost nothing, as with wrong classes. The bounds of the laws are those of a squared error
 * over its variance, and are translated by it.
 */
export type MeasureDegree = 0 | 1 | 2;

/** Measures the errors of predictions for targets, both row by row. */
type Errors = (targets: Float32Array, predictions: Float32Array) => Promise<Float32Array>;

/** Shares of the way from each target to that of another example. */
const NEAR = 0.01;
const TWICE = 2 * NEAR;

/** An absolute error grows by 2 over twice the distance and a squared error by 4; the middle parts them. */
const BETWEEN = 2 * Math.SQRT2;
/** What grows by less than this has steps, so that its errors near the targets say nothing. */
const LEAST_GROWTH = Math.SQRT2;

/** Finds the degree from the errors near the targets. */
export async function degreeOf(
  errorsOf: Errors,
  targets: Float32Array,
  columns: number,
): Promise<MeasureDegree> {
  const growth = async (share: number) =>
    average([...(await errorsOf(targets, towardsTheNext(targets, columns, share)))]);
  const [near, twice] = [await growth(NEAR), await growth(TWICE)];
  if (!(near > 0) || twice / near < LEAST_GROWTH) return 0;
  return twice / near > BETWEEN ? 2 : 1;
}

/** Moves each target by a share of the way to the target half the set further on. */
function towardsTheNext(targets: Float32Array, columns: number, share: number): Float32Array {
  const rows = targets.length / columns;
  const away = Math.floor(rows / 2) * columns;
  return targets.map(
    (target, place) => target + share * ((targets[(place + away) % targets.length] as number) - target),
  );
}
