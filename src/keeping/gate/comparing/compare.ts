// This file decides whether a subject learns as well as its baseline. Both train from the same seeds, so what a seed
// has by itself cancels in the difference of its two runs. A difference counts only if it is both unlikely by chance,
// by an exact permutation test, and large enough to matter to a person.

import { average } from "../../../foundation/numbers/statistics.ts";
import { boundDifferences, usualDifference } from "../chance/bounded.ts";
import { signFlipChance } from "../chance/signFlip.ts";
import { twoSampleChance } from "../chance/twoSample.ts";
import type { Measurement } from "../measurement/measurement.ts";
import { makeAlike } from "./alike.ts";
import { type Metric, metrics } from "./metrics.ts";
import { leastThatCounts, levelOf, type Plan, SECOND_LOOK } from "./plan.ts";
import { type Power, powerOf } from "./power.ts";
import { boundsOf, pairUp, type Sides } from "./sides.ts";

/** One metric of one subject, before and now. */
export interface Comparison {
  readonly metric: Metric;
  /** Means over the seeds; geometric means for metrics that are compared by their ratio. */
  readonly baseline: number;
  readonly now: number;
  /** The mean over all of the baseline's seeds, moved by the difference that was measured. */
  readonly level: number;
  /** How many times as bad as it was; below 1 it is better. Null for a share of seeds. */
  readonly ratio: number | null;
  /** 95 % confidence interval of the ratio. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The probability of so large a difference, in its direction, if nothing had changed. */
  readonly p: number;
  /** Seeds measured now. */
  readonly seeds: number;
  /** Whether the seeds are the baseline's. */
  readonly paired: boolean;
  readonly power: Power;
  /**
   * A notice is a difference that is certain, but between values that are both negligible. Unclear is one that may be
   * chance, and may be of consequence; the gate does not fail for it.
   */
  readonly kind: "regressed" | "improved" | "notice" | "holds" | "unclear";
  /** Whether more seeds could hardly change the answer. */
  readonly settled: boolean;
}

/** Compares every metric that both sides have, at one look of the plan. */
export function compare(
  baseline: readonly Measurement[],
  now: readonly Measurement[],
  plan: Plan,
  look: number,
): readonly Comparison[] {
  const [before, after] = makeAlike(baseline, now);
  return metrics.flatMap((metric) => {
    const sides = pairUp(metric, before, after);
    return sides ? [compareSides(metric, sides, plan, look)] : [];
  });
}

function compareSides(metric: Metric, sides: Sides, plan: Plan, look: number): Comparison {
  const { before, after, differences } = sides;
  const isRatio = metric.scale === "ratio";
  const difference = average(after) - average(before);
  const p = chanceOf(metric, sides, difference);
  const bounds = isRatio ? boundsOf(sides, 0.95) : null;
  const certain = p <= levelOf(metric, plan, look);
  const counts = isRatio ? sizeOf(sides, difference) >= leastThatCounts(plan) : difference !== 0;
  const same = isSame(metric, sides, plan, look);
  const kind = certain && counts ? kindOf(metric, sides, difference) : same ? "holds" : "unclear";
  return {
    metric,
    baseline: metric.unscale(average(before)),
    now: metric.unscale(average(after)),
    level: metric.unscale(average(sides.everyBefore) + difference),
    ratio: isRatio ? Math.exp(difference) : null,
    interval: bounds && [Math.exp(bounds.low), Math.exp(bounds.high)],
    p,
    seeds: after.length,
    paired: differences !== null,
    power: powerOf(metric, sides, plan),
    kind,
    // The ladder is not climbed from more seeds after the second look.
    settled: kind !== "unclear" || (metric.ladder && look > 0),
  };
}

/** Returns the probability of so large a difference in its own direction. */
function chanceOf({ scale }: Metric, { after, differences, everyBefore }: Sides, difference: number): number {
  if (differences?.every((one) => one === 0)) return 1;
  const sign = difference > 0 ? 1 : -1;
  const turned = (values: readonly number[]) => values.map((value) => sign * value);
  // Of fewer pairs no signs are unlikely enough. A group of seeds against the whole baseline can be; that the two share
  // seeds makes their means only more alike, and false alarms rarer.
  return differences && differences.length >= SECOND_LOOK && scale === "ratio"
    ? signFlipChance(boundDifferences(turned(differences)))
    : twoSampleChance(turned(after), turned(everyBefore));
}

/**
 * Returns the size of a difference for the question whether it matters. The mean and the usual difference of the pairs
 * must both be so large, so that one seed that failed does not make a slight change of all others count.
 */
function sizeOf({ differences }: Sides, difference: number): number {
  const usual = differences === null ? difference : usualDifference(differences);
  return usual * difference > 0 ? Math.min(Math.abs(usual), Math.abs(difference)) : 0;
}

function kindOf({ negligible, unscale }: Metric, { before, after }: Sides, difference: number) {
  const worst = Math.max(unscale(average(before)), unscale(average(after)));
  if (negligible !== null && worst < negligible) return "notice";
  return difference > 0 ? "regressed" : "improved";
}

/** Whether the difference is certainly smaller than what matters, or can be of no consequence. */
function isSame({ scale, negligible }: Metric, sides: Sides, plan: Plan, look: number): boolean {
  const [before, after] = [average(sides.before), average(sides.after)];
  if (scale === "share") return after === before;
  const { low, high } = boundsOf(sides, 0.98);
  // So few seeds pass only what could not count at all.
  const most = look === 0 ? leastThatCounts(plan) : Math.log(plan.floor);
  if (low > -most && high < most) return true;
  return negligible !== null && Math.max(before, before + high) < Math.log(negligible);
}
