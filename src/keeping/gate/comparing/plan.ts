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

/** The most seeds of a gate unless its user asks for more: tiny networks train so often in seconds. */
export const USUAL_MOST = 64;

/** The most seeds of a gate. A baseline holds twice as many. */
export const MOST_GATE_SEEDS = 100;

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

/** Returns the looks of a gate that may measure `most` seeds. */
export function looksUpTo(most: number): readonly number[] {
  return [...new Set([FIRST_LOOK, SECOND_LOOK, most].map((seeds) => Math.min(seeds, most)))];
}

/** Shares of the error rate for the looks: most of it for the last one, which has the seeds to decide. */
const LOOK_SHARES: readonly (readonly number[])[] = [[1], [0.1, 0.9], [0.1, 0.2, 0.7]];

/**
 * Returns the significance level of one metric of one subject at one look, in one direction.
 *
 * @param look counts from 0. The ladder is not climbed again after the second look, whose test is then repeated.
 */
export function levelOf({ errorShare, ladder }: Metric, plan: Plan, look: number): number {
  const shares = LOOK_SHARES[plan.looks.length - 1] ?? [1];
  const [first = 1] = shares;
  const share = ladder && look > 0 ? 1 - first : (shares[look] ?? 1);
  return (plan.falseAlarms / plan.subjects) * errorShare * share;
}

/**
 * Returns the least natural logarithm of a ratio that counts: half of the floor's. So a loss that is worse by the
 * floor is found with the stated power, and one of next to nothing never counts, however certain it is.
 */
export function leastThatCounts({ floor }: Pick<Plan, "floor">): number {
  return Math.log(floor) / 2;
}
