// Null gates: gates in which nothing got worse, drawn anew from recorded runs. What the gate promises of its false alarms
// is counted here over more gates than anybody could measure.

import { seedStream } from "../../src/foundation/random/seedStream.ts";
import {
  BASELINE_FACTOR,
  BASELINE_LADDER_SEEDS,
  FLOOR,
  LADDER_SEEDS,
  looksUpTo,
  type Plan,
  SECOND_LOOK,
} from "../../src/keeping/gate/comparing/plan.ts";
import { lookUntilDecided } from "../../src/keeping/gate/gate.ts";
import type { Measurement } from "../../src/keeping/gate/measurement/measurement.ts";

/** A gate that was drawn, and what it says of a change that is none. */
export interface NullGate {
  readonly subjects: number;
  /** Metrics that it calls regressed, which is false. */
  readonly regressed: readonly string[];
  /** Metrics that it calls improved, which is false too. */
  readonly improved: readonly string[];
}

/**
 * How the two runs of a seed hang together: not at all, as after a change that moves every sum; half of them are the same,
 * as after one that seldom matters; or the candidate has other seeds.
 */
const MANNERS = ["unrelated", "half the same", "other seeds"] as const;

/** Numbers of seeds that a gate may measure; its baseline has twice as many. */
const SIZES = [24, 64, 100] as const;

/** Seeds that no baseline has. */
const ELSEWHERE = 1_000_000;

/**
 * Draws a null gate and runs it.
 *
 * @param pools recorded measurements, one list for each subject; both sides are drawn from the same list.
 * @param index number of the gate: the same number draws the same gate.
 * @param falseAlarms the error rate that the gate is to keep.
 */
export async function runNullGate(
  pools: readonly (readonly Measurement[])[],
  index: number,
  falseAlarms: number,
): Promise<NullGate> {
  const stream = seedStream(1, `null gate ${index}`);
  // Most gates have one subject, which may then spend the whole error rate; one in ten has all of them.
  const chosen = stream.below(10) === 0 ? pools : [pools[stream.below(pools.length)] ?? []];
  const manner = MANNERS[stream.below(MANNERS.length)];
  const most = SIZES[stream.below(SIZES.length)] ?? SECOND_LOOK;
  const regressed: string[] = [];
  const improved: string[] = [];
  for (const pool of chosen) {
    const plan: Plan = { falseAlarms, subjects: chosen.length, floor: FLOOR, looks: looksUpTo(most) };
    const drawn = (ladder: boolean) => pool.filter((one) => (one.ladder !== null) === ladder);
    const [climbed, others] = [drawn(true), drawn(false)];
    const draw = (seed: number, ladder: boolean): Measurement => {
      const from = ladder ? climbed : others;
      return { ...(from[stream.below(from.length)] as Measurement), seed };
    };
    const baseline = Array.from({ length: BASELINE_FACTOR * most }, (_, at) =>
      draw(at + 1, at < BASELINE_LADDER_SEEDS),
    );
    const now = Array.from({ length: most }, (_, at): Measurement => {
      if (manner === "other seeds") return draw(ELSEWHERE + at, at < LADDER_SEEDS);
      if (manner === "half the same" && stream.below(2) === 0) {
        const same = baseline[at] as Measurement;
        return at < LADDER_SEEDS ? same : { ...same, ladder: null };
      }
      return draw(at + 1, at < LADDER_SEEDS);
    });
    const comparisons = await lookUntilDecided(baseline, plan, async (count) => now.slice(0, count));
    for (const { metric, kind } of comparisons) {
      if (kind === "regressed") regressed.push(metric.name);
      if (kind === "improved") improved.push(metric.name);
    }
  }
  return { subjects: chosen.length, regressed, improved };
}
