import type { TrainingRun } from "../../learning/training/train.ts";
import { readTrend } from "../evidence/trend.ts";

/** If the loss never rose above this many times its start, a large final loss was large from the beginning. */
export const RISEN = 1.5;

/**
 * Whether the predictions of a run whose error is far above that of a constant were as far from the targets before
 * training, so that nothing ran away: the loss only fell too little. Targets around a large number begin like this.
 */
export function isStillFarOff({ finite, trace }: Pick<TrainingRun, "finite" | "trace">): boolean {
  return finite && readTrend(trace).highest <= RISEN;
}
