import type { TrainingRun } from "../../learning/training/train.ts";
import type { FairThresholds } from "./fairThresholds.ts";
import { judge } from "./verdict.ts";

/**
 * Whether the layers that are not trainable may be frozen on purpose. Somebody who sets `trainable: false` on a
 * pretrained base keeps its weights, which is no fault if the run learns. If the run does not learn, a frozen layer is
 * still named.
 */
export function learnsOnFrozenLayers(run: TrainingRun, thresholds: FairThresholds): boolean {
  const hasTrainable = run.survey?.layers.some(({ trainable }) => trainable) ?? false;
  return hasTrainable && judge(run, thresholds) === "learns";
}
