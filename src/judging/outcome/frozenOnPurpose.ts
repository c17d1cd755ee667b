import type { Thresholds } from "../../learning/config/schema.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { judge } from "./verdict.ts";

/**
 * Whether layers that are not trainable may be meant so: whoever sets `trainable: false` on a base keeps what it knows
 * already, and where the run learns nothing speaks against that. A frozen layer that a run does not learn with is still
 * named.
 */
export function learnsOnFrozenLayers(run: TrainingRun, thresholds: Thresholds): boolean {
  const hasTrainable = run.survey?.layers.some(({ trainable }) => trainable) ?? false;
  return hasTrainable && judge(run, thresholds) === "learns";
}
