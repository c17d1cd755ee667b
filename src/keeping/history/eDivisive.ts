// E-divisive finds the points at which a series changes, by the energy distance of what lies before and after, and asks
// a permutation test whether chance divides the series as well. It supposes nothing of the distribution. See Matteson
// and James, "A nonparametric approach for multiple change point analysis of multivariate data", 2014.

import { seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";

/** A point at which a series changes. */
export interface Division {
  /** Index of the first value after the change. */
  readonly at: number;
  /** The probability that a series in random order divides as well. */
  readonly p: number;
}

/** One value by itself may be a blip. */
const LEAST_SIZE = 2;

const PERMUTATIONS = 999;

/**
 * Returns the points at which a series changes, in order.
 *
 * Each segment is divided where the two parts differ most, as long as that is significant. The permutations are a
 * function of `name`, so the same series has the same change points.
 *
 * @param significance the most that p may be.
 */
export function divide(values: readonly number[], name: string, significance: number): readonly Division[] {
  const divisions: Division[] = [];
  const waiting: [from: number, to: number][] = [[0, values.length]];
  for (let segment = waiting.pop(); segment; segment = waiting.pop()) {
    const [from, to] = segment;
    const part = values.slice(from, to);
    const best = bestDivision(part);
    if (best === null || best.distance === 0) continue;
    const p = chanceOf(part, best.distance, `history/${name}/${from}/${to}`);
    if (p > significance) continue;
    const at = from + best.at;
    divisions.push({ at, p });
    waiting.push([from, at], [at, to]);
  }
  return divisions.toSorted((a, b) => a.at - b.at);
}

interface Divided {
  readonly at: number;
  /** The energy distance of the two parts, scaled by their sizes. */
  readonly distance: number;
}

/** Returns the division whose parts differ most; null if the series is too short for any. */
function bestDivision(values: readonly number[]): Divided | null {
  let best: Divided | null = null;
  const sums = { left: 0, right: sumWithin(values), between: 0 };
  for (let at = 1; at <= values.length - LEAST_SIZE; at++) {
    const moved = values[at - 1] as number;
    const toLeft = distancesTo(moved, values, 0, at - 1);
    const toRight = distancesTo(moved, values, at, values.length);
    sums.left += toLeft;
    sums.right -= toRight;
    sums.between += toRight - toLeft;
    const distance = energy(sums, at, values.length - at);
    if (at >= LEAST_SIZE && (best === null || distance > best.distance)) best = { at, distance };
  }
  return best;
}

function energy(
  { left, right, between }: { left: number; right: number; between: number },
  before: number,
  after: number,
): number {
  const distance = (2 * between) / (before * after) - (2 * left) / before ** 2 - (2 * right) / after ** 2;
  // Rounding leaves a little of what should be nothing.
  return distance < 1e-12 ? 0 : ((before * after) / (before + after)) * distance;
}

/** The sum of the distances of all pairs. */
function sumWithin(values: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + distancesTo(value, values, 0, index), 0);
}

function distancesTo(value: number, values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += Math.abs(value - (values[index] as number));
  return sum;
}

/** Returns the share of random orders of the values that divide at least as well. */
function chanceOf(values: readonly number[], distance: number, name: string): number {
  const stream = seedStream(1, name);
  let reaching = 1;
  for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
    const order = [...shuffledIndices(values.length, stream)].map((index) => values[index] as number);
    if ((bestDivision(order)?.distance ?? 0) >= distance * (1 - 1e-9)) reaching++;
  }
  return reaching / (PERMUTATIONS + 1);
}
