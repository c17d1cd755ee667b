import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { isTurnedRound } from "../../learning/training/monitor.ts";
import type { TrainingRun } from "../../learning/training/train.ts";

/** Says that a callback lowered the rate where the run improved, since it takes what is worse for better; null where none did. */
export function describeTurnedPlateau(
  { optimizer }: Pick<Subject, "optimizer">,
  { trace: { rateCuts: cuts = [] }, steps }: Pick<TrainingRun, "trace" | "steps">,
): string | null {
  const plateau = typeof optimizer === "function" ? undefined : optimizer.onPlateau;
  const last = cuts.at(-1);
  if (!plateau || !last || !isTurnedRound(plateau)) return null;
  const { monitor, mode } = plateau;
  const better = mode === "max" ? "larger" : "smaller";
  return `the callback that lowers the rate takes a ${better} ${monitor} for a better one (mode ${mode}), and lowered it ${cuts.length} times in ${steps} steps, to ${printNumber(last.factor)} of what it was, where the run improved`;
}

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
  const what = ends || !restoreBest ? "early stopping" : "what keeps the weights of the best epoch";
  return `${what} takes a ${better} ${monitor} for a better one (mode ${mode})${ends}${restores}`;
}
