// The power of a gate: the smallest change that it finds with a given probability.

import { probit, sampleStandardDeviation } from "simple-statistics";
import { studentQuantile } from "../../../foundation/numbers/student.ts";
import { twoSampleChance } from "../chance/twoSample.ts";
import type { Measurement } from "../measurement/measurement.ts";
import { judgedMetrics, type Metric, metrics } from "./metrics.ts";
import { LADDER_SEEDS, leastThatCounts, levelOf, type Plan, PROBABILITY, SECOND_LOOK } from "./plan.ts";
import { LEAST_FREEDOM, pairUp, type Sides, type Spread } from "./sides.ts";

/** What a gate finds of one metric of one subject. */
export interface Power {
  /** The ratio that is found; for a share, the share of seeds lost. Null if no change could be found. */
  readonly detects: number | null;
  /** The probability of finding it. */
  readonly probability: number;
  /** The seeds that it takes: as many as the gate measures before it says that nothing changed. */
  readonly seeds: number;
}

/**
 * Returns the power of a whole gate by what is known: the spread of the pairs, once enough of them differ, or else
 * what the baseline's own spread lets expect.
 */
export function powerOf(metric: Metric, sides: Sides, plan: Plan): Power {
  const most = plan.looks.at(-1) ?? SECOND_LOOK;
  const seeds = metric.ladder ? Math.min(LADDER_SEEDS, most) : most;
  const level = levelOf(metric, plan, plan.looks.length - 1);
  const detects =
    metric.scale === "share"
      ? detectableShare(sides.everyBefore, seeds, level)
      : detectableRatio(lastSpread(sides, seeds), level, plan);
  return { detects, probability: PROBABILITY, seeds };
}

/** What a gate is expected to find of one metric. */
export interface ExpectedPower {
  readonly metric: Metric;
  readonly power: Power;
}

/** Returns what gates with this baseline are expected to find, by its own spread. */
export function expectedPower(baseline: readonly Measurement[], plan: Plan): readonly ExpectedPower[] {
  const seeds = baseline.slice(0, plan.looks.at(-1));
  return metrics.flatMap((metric) => {
    const sides = pairUp(metric, baseline, seeds);
    return sides ? [{ metric, power: powerOf(metric, sides, plan) }] : [];
  });
}

/** Returns the spread that the difference of the means has at the last look. */
function lastSpread({ differences, everyBefore, after }: Sides, seeds: number): Spread {
  const measured = differences && after.length >= SECOND_LOOK ? sampleDeviation(differences) : 0;
  if (measured > 0) return pairedSpread(measured, seeds);
  const deviation = sampleDeviation(everyBefore);
  if (differences !== null && seeds >= SECOND_LOOK) return pairedSpread(Math.SQRT2 * deviation, seeds);
  const others = everyBefore.length;
  return {
    standardError: deviation * Math.sqrt(1 / seeds + 1 / others),
    freedom: Math.max(LEAST_FREEDOM, seeds + others - 2),
  };
}

/**
 * Returns the spread of a mean of differences. Where only the baseline's own deviation is known, a difference deviates
 * by √2 times as much: a change may leave nothing in common between the two runs of a seed.
 */
function pairedSpread(deviation: number, seeds: number): Spread {
  return { standardError: deviation / Math.sqrt(seeds), freedom: seeds - 1 };
}

function sampleDeviation(values: readonly number[]): number {
  return values.length < 2 ? 0 : sampleStandardDeviation([...values]);
}

/** Returns the smallest ratio that is found with {@link PROBABILITY}. */
function detectableRatio({ standardError, freedom }: Spread, level: number, plan: Plan): number {
  const certain = studentQuantile(1 - level, freedom) * standardError;
  return Math.exp(Math.max(certain, leastThatCounts(plan)) + probit(PROBABILITY) * standardError);
}

const knownShares = new Map<string, number | null>();

/**
 * Returns the share of seeds that must be lost for the gate to find it with {@link PROBABILITY}. It depends on a few
 * counts, for which it is computed once.
 */
function detectableShare(baseline: readonly number[], seeds: number, level: number): number | null {
  const lost = baseline.filter((one) => one > 0).length;
  const key = [lost, baseline.length, seeds, level].join();
  const known = knownShares.get(key);
  if (known !== undefined) return known;
  const share = computeShare(baseline, seeds, level);
  knownShares.set(key, share);
  return share;
}

function computeShare(baseline: readonly number[], seeds: number, level: number): number | null {
  const counts = Array.from({ length: seeds + 1 }, (_, lost) => lost);
  const enough = counts.find((lost) => twoSampleChance(lostOf(lost, seeds), baseline) <= level);
  if (enough === undefined) return null;
  const rates = Array.from({ length: 100 }, (_, percent) => (percent + 1) / 100);
  return rates.find((rate) => chanceOfAtLeast(enough, seeds, rate) >= PROBABILITY) ?? null;
}

function lostOf(lost: number, seeds: number): number[] {
  return Array.from({ length: seeds }, (_, index) => (index < lost ? 1 : 0));
}

/** The upper tail of a binomial distribution. */
function chanceOfAtLeast(least: number, trials: number, rate: number): number {
  if (rate >= 1) return 1;
  let chance = (1 - rate) ** trials;
  let below = 0;
  for (let count = 0; count < least; count++) {
    below += chance;
    chance *= ((trials - count) / (count + 1)) * (rate / (1 - rate));
  }
  return 1 - below;
}

/**
 * Returns the number of seeds of a gate that finds a loss worse by the floor, by the spread of a baseline: at least
 * {@link SECOND_LOOK}, and `most` even if more were needed.
 */
export function seedsNeeded(measurements: readonly Measurement[], plan: Plan, most: number): number {
  const asked = judgedMetrics.map((metric) => ({
    level: levelOf(metric, plan, plan.looks.length - 1),
    deviation:
      Math.SQRT2 * sampleDeviation(measurements.map(metric.badness).filter((value) => value !== null)),
  }));
  for (let seeds = SECOND_LOOK; seeds < most; seeds++) {
    const finds = asked.every(
      ({ deviation, level }) => detectableRatio(pairedSpread(deviation, seeds), level, plan) <= plan.floor,
    );
    if (finds) return seeds;
  }
  return most;
}
