// The plan of a gate: from how many seeds it looks, and how it deals out the false alarms that it may raise. The sum
// over all subjects, metrics and looks is the error rate of the whole gate, by Boole's inequality: it holds whatever
// depends on what.

import type { Metric } from "./metrics.ts";

/** How often a whole gate may fail though nothing got worse: once in ten thousand gates. */
export const FALSE_ALARMS = 1e-4;

/**
 * The ratio from which a loss is worse by enough to matter. A quarter is what one loses by three quarters of the width
 * or a learning rate that is a third too low; smaller differences are the daily noise of tuning, and to find them
 * costs seeds by the square.
 */
export const FLOOR = 1.25;

/** The probability with which the gate is to find a loss that is worse by the floor. */
export const PROBABILITY = 0.9;

/** Seeds of the first look. It passes what is clearly the same, and fails what is clearly broken. */
export const FIRST_LOOK = 6;

/**
 * Seeds of the second look, and the fewest pairs for a test of pairs: their signs can come by chance once in 2²⁴,
 * which is rarer than any share of {@link FALSE_ALARMS}.
 */
export const SECOND_LOOK = 24;

/** The most seeds of a gate. A baseline holds twice as many. */
export const MOST_GATE_SEEDS = 200;

/**
 * The most minutes that the seeds of a gate may take, for each subject, on the machine that measures the baseline: as
 * long as people wait for the other checks of a pull request.
 */
export const USUAL_MINUTES = 10;

/** Seeds from which a gate climbs the ladder, and those of a baseline: the ladder trains dozens of networks. */
export const LADDER_SEEDS = 12;
export const BASELINE_LADDER_SEEDS = 24;

/** A baseline holds so many times the seeds of a gate, so that its own chance weighs less than the candidate's. */
export const BASELINE_FACTOR = 2;

/** What a comparison may spend and what counts. */
export interface Plan {
  /** Error rate of the whole gate, in (0, 1). */
  readonly falseAlarms: number;
  /** Number of subjects of the whole gate, whichever part of it this run measures. */
  readonly subjects: number;
  /** The ratio that matters, above 1. */
  readonly floor: number;
  /** Numbers of seeds after which the gate looks, increasing. */
  readonly looks: readonly number[];
}

/**
 * Returns the looks of a gate that may measure `most` seeds: from the second look on, each has twice as many as the one
 * before, but none is so late that the last one would follow at once.
 */
export function looksUpTo(most: number): readonly number[] {
  const looks = [FIRST_LOOK, SECOND_LOOK].filter((seeds) => seeds < most);
  for (let seeds = 2 * SECOND_LOOK; seeds * 1.5 <= most; seeds *= 2) looks.push(seeds);
  return [...looks, most];
}

/** The share of the error rate that all looks before the last one have: it has the seeds to decide. */
const EARLY_SHARE = 0.3;

/** Returns the share of one look. The first one only looks for what is clearly broken. */
function lookShare(look: number, looks: number): number {
  if (looks === 1) return 1;
  if (look === looks - 1) return 1 - (looks === 2 ? FIRST_SHARE : EARLY_SHARE);
  return look === 0 ? FIRST_SHARE : (EARLY_SHARE - FIRST_SHARE) / (looks - 2);
}

const FIRST_SHARE = 0.1;

/**
 * Returns the significance level of one metric of one subject at one look, in one direction.
 *
 * @param look counts from 0. The ladder is not climbed again after the second look, whose test is then repeated.
 */
export function levelOf({ errorShare, ladder }: Metric, plan: Plan, look: number): number {
  const looks = plan.looks.length;
  const share = ladder && look > 0 ? 1 - lookShare(0, looks) : lookShare(look, looks);
  return (plan.falseAlarms / plan.subjects) * errorShare * share;
}

/**
 * Returns the least natural logarithm of a ratio that counts: half of the floor's. So a loss that is worse by the
 * floor is found with the stated power, and one of next to nothing never counts, however certain it is.
 */
export function leastThatCounts({ floor }: Pick<Plan, "floor">): number {
  return Math.log(floor) / 2;
}
