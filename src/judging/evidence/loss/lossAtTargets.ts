// A loss of a project's own is asked where predictions equal their targets: is it least there, and does it change when
// predictions are scaled, shifted, negated or turned by a period? Many sound losses are not least there by design, such as
// a loss that takes raw scores. So this file only measures; `lossGoal.ts` says when that is a fault.

import { type Scalar, tensor, tidy } from "@tensorflow/tfjs-core";
import { average, columnMeans, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Loss } from "../../../learning/loss/loss.ts";
import { readAndDispose } from "../../../learning/training/read.ts";
import { type Bounds, isWithin } from "../targets/outputBounds.ts";

/** Targets of one output, row by row, and the shape of a row. */
export interface TargetTable {
  readonly targets: Float32Array;
  readonly shape: readonly number[];
}

/** A loss near its targets. */
export interface LossAtTargets {
  /** The loss where predictions equal the targets. */
  readonly atTargets: number;
  /** The loss of predicting the mean of the targets. */
  readonly atMean: number;
  /** Says what predictions have a lower loss than the targets themselves; null if none was found. */
  readonly lower: string | null;
  /** Says what change of predictions the loss does not see; null if it sees every change that was tried. */
  readonly blindTo: string | null;
}

/** A change of predictions, with its name. */
interface Changed {
  readonly what: string;
  readonly of: (value: number, column: number) => number;
}

/** A lower loss counts if it is lower by this share of what the mean costs more. */
const CLEARLY = 0.02;
/** Differences by less than this share of the loss are rounding. */
const ROUNDING = 1e-4;
/** A loss does not see a change that alters it by less than this share; what keeps it from dividing by 0 alters it a little. */
const UNSEEN = 2e-3;
/** Remainders are usually taken of degrees, radians, turns, hours and angles of bars. */
const PERIODS: readonly number[] = [360, 180, 2 * Math.PI, Math.PI, 24, 12, 1];
/** Share of another target in the predictions that are changed: a loss of 0 would hide every change. */
const MIXED = 0.3;

/**
 * Measures a loss at its targets; null if it throws, or is not finite there. It tries only predictions that the outputs can
 * reach: what a loss says beyond the reach of a sigmoid, say, no training meets.
 *
 * @param bounds of the numbers that the outputs can be.
 */
export async function measureLossAtTargets(
  loss: Loss,
  { targets, shape }: TargetTable,
  bounds: Bounds,
): Promise<LossAtTargets | null> {
  const columns = shape.reduce((product, side) => product * side, 1);
  const means = columnMeans(targets, columns);
  const spread = Math.sqrt(average(columnVariances(targets, columns)));
  const lossOf = lossesOf(loss, { targets, shape });
  const isReached = (table: Float32Array) => table.every((value) => isWithin(value, bounds));
  const map = (table: Float32Array, of: Changed["of"]) => table.map((value, at) => of(value, at % columns));
  try {
    const [atTargets, atMean] = [
      await lossOf(targets),
      await lossOf(map(targets, (_, column) => means[column] as number)),
    ];
    if (!Number.isFinite(atTargets) || !Number.isFinite(atMean)) return null;
    const least = atTargets - CLEARLY * Math.abs(atMean - atTargets);
    const lower = await firstOf(changesOf(means, spread), async ({ of }) => {
      const changed = map(targets, of);
      if (!isReached(changed)) return false;
      const value = await lossOf(changed);
      return value < least && atTargets - value > ROUNDING * Math.abs(atTargets);
    });
    const mixed = mixedWithNext(targets, columns);
    const before = await lossOf(mixed);
    const blind = await firstOf(unseen(spread), async ({ of }) => {
      const changed = map(mixed, of);
      if (!isReached(changed)) return false;
      const after = await lossOf(changed);
      return Math.abs(after - before) <= UNSEEN * Math.abs(before - atTargets);
    });
    return { atTargets, atMean, lower: lower?.what ?? null, blindTo: blind?.what ?? null };
  } catch {
    return null;
  }
}

/**
 * Whether a loss of targets 0 and 1 takes raw scores: predictions beyond 0 and 1 make it still smaller, although those that
 * are exactly 0 and 1 leave a good part of the loss of a constant. A loss of probabilities is near 0 there, or not finite
 * beyond. Null if it throws, or is not finite at the targets.
 */
export async function takesRawScores(loss: Loss, { targets, shape }: TargetTable): Promise<boolean | null> {
  const columns = shape.reduce((product, side) => product * side, 1);
  const means = columnMeans(targets, columns);
  const lossOf = lossesOf(loss, { targets, shape });
  const towards = (share: number) =>
    targets.map((value, at) => share * value + (1 - share) * (means[at % columns] as number));
  try {
    const [atMean, near, beyond] = [
      await lossOf(towards(0)),
      await lossOf(towards(NEARLY_SURE)),
      await lossOf(towards(BEYOND)),
    ];
    if (!Number.isFinite(atMean) || !Number.isFinite(near)) return null;
    return near > LEFT * atMean && beyond < STILL_FALLS * near && beyond > 0;
  } catch {
    return null;
  }
}

/** Predictions that are nearly 0 and 1, where losses that smooth their labels are near their least. */
const NEARLY_SURE = 0.95;
const BEYOND = 2;
const LEFT = 0.25;
const STILL_FALLS = 0.85;

function lossesOf(
  loss: Loss,
  { targets, shape }: TargetTable,
): (predictions: Float32Array) => Promise<number> {
  const [first = 1] = [shape.reduce((product, side) => product * side, 1)];
  const table = (values: Float32Array) => tensor(values, [targets.length / first, ...shape]);
  return async (predictions) => {
    const value = tidy(() => loss(table(targets), table(predictions)) as Scalar);
    return (await readAndDispose(value))[0] as number;
  };
}

/** Predictions that differ from the targets by one change. */
function changesOf(means: readonly number[], spread: number): readonly Changed[] {
  const about = (factor: number) => (value: number, column: number) => {
    const mean = means[column] as number;
    return mean + factor * (value - mean);
  };
  return [
    { what: "2 × the targets", of: (value) => 2 * value },
    { what: "half the targets", of: (value) => value / 2 },
    { what: "targets that lie twice as far from their mean", of: about(2) },
    { what: "targets that lie half as far from their mean", of: about(0.5) },
    { what: "targets with the other sign", of: (value) => -value },
    { what: "targets that are one standard deviation larger", of: (value) => value + spread },
    { what: "targets that are one standard deviation smaller", of: (value) => value - spread },
  ];
}

function unseen(spread: number): readonly Changed[] {
  return [
    { what: "predictions are multiplied by 2", of: (value) => 2 * value },
    { what: "predictions are halved", of: (value) => value / 2 },
    { what: "all predictions are shifted alike", of: (value) => value + spread },
    { what: "predictions get the other sign", of: (value) => -value },
    ...PERIODS.map((period) => ({
      what: `predictions are turned by ${Number(period.toPrecision(4))}`,
      of: (value: number) => value + period,
    })),
  ];
}

function mixedWithNext(targets: Float32Array, columns: number): Float32Array {
  const away = Math.floor(targets.length / columns / 2) * columns;
  return targets.map(
    (value, at) => (1 - MIXED) * value + MIXED * (targets[(at + away) % targets.length] as number),
  );
}

async function firstOf(
  changes: readonly Changed[],
  holds: (change: Changed) => Promise<boolean>,
): Promise<Changed | null> {
  for (const change of changes) if (await holds(change)) return change;
  return null;
}
