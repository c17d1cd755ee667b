import type { Subject } from "../../learning/subject/subject.ts";
import { isTurnedRound } from "../../learning/training/monitor.ts";
import type { TrainingRun } from "../../learning/training/train.ts";

/**
 * Says that early stopping took what is worse for what is better, and what came of it.
 *
 * @returns null where it did not, or where the run went to its last step and kept the weights that it had there.
 */
export function describeTurnedStop(
  { earlyStopping, steps }: Pick<Subject, "earlyStopping" | "steps">,
  run: Pick<TrainingRun, "steps">,
): string | null {
  if (!earlyStopping || !isTurnedRound(earlyStopping)) return null;
  const { monitor, mode, restoreBest } = earlyStopping;
  if (run.steps >= steps && !restoreBest) return null;
  const better = mode === "max" ? "larger" : "smaller";
  const ends = run.steps < steps ? ` and ended training after ${run.steps} of ${steps} steps` : "";
  const restores = restoreBest ? `${ends ? ", " : " and "}restored the weights of the worst epoch` : "";
  return `early stopping takes a ${better} ${monitor} for a better one (mode ${mode})${ends}${restores}`;
}
