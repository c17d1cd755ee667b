// A schedule or a callback that lowers the learning rate so early and so far that most of the run learns nothing.

import { average } from "../../foundation/numbers/statistics.ts";
import { scheduleFactor } from "../../learning/optimizer/schedule.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";

/** A learning rate that falls to next to nothing. */
export interface FadingRate {
  /** What lowers it. */
  readonly by: "schedule" | "plateau";
  /** Its mean over the run, over the largest it has had. */
  readonly mean: number;
  /** The first step from which it is below a hundredth of the largest. */
  readonly gone: number;
  /** Whether the loss was still falling where the rate was first lowered; true for a schedule, which does not ask. */
  readonly cutsLearning: boolean;
}

/** A rate that falls evenly to a ten-thousandth over a run has a mean of 0.11. */
const NEXT_TO_NOTHING = 0.1;
const GONE = 0.01;
/** The share of a run after which a rate that is gone is gone early. */
const EARLY = 0.4;
/** So much of the loss has fallen away between two stretches of a run that still learns. */
const FALLING = 0.02;

/** Finds what lets the learning rate fade; null where it does not. */
export function findFadingRate(
  { optimizer }: Pick<Subject, "optimizer">,
  run: TrainingRun,
): FadingRate | null {
  if (typeof optimizer === "function" || run.steps < 2) return null;
  const { schedule } = optimizer;
  const { rateCuts: cuts = [], losses } = run.trace;
  if (schedule === undefined && cuts.length === 0) return null;
  const factors = Array.from({ length: run.steps }, (_, step) => {
    const cut = cuts.findLast((one) => one.step <= step);
    return (schedule ? scheduleFactor(schedule, step) : 1) * (cut?.factor ?? 1);
  });
  const largest = factors.reduce((most, factor) => Math.max(most, factor), 0);
  const mean = average(factors) / largest;
  const gone = factors.findLastIndex((factor) => factor >= GONE * largest) + 1;
  if (!(mean < NEXT_TO_NOTHING || gone < EARLY * run.steps)) return null;
  const [first] = cuts;
  const by = schedule === undefined ? "plateau" : "schedule";
  return { by, mean, gone, cutsLearning: !first || by === "schedule" || falls(losses.slice(0, first.step)) };
}

/** Whether the last quarter of some losses is lower than the one before. */
function falls(losses: readonly number[]): boolean {
  const quarter = Math.max(1, Math.floor(losses.length / 4));
  return average(losses.slice(-quarter)) < (1 - FALLING) * average(losses.slice(-2 * quarter, -quarter));
}
