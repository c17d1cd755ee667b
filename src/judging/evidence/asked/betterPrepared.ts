import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Preparation } from "../../../learning/config/preparations.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { AskedEvaluation } from "../../../learning/training/askedEvaluation.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { worstHeldOut } from "../../outcome/heldOutError.ts";

/** With fewer rows, chance decides how well they are answered. */
const FEWEST_ROWS = 10;
/** Rows that are answered better than this may be harder ones. */
const CLEARLY_WORSE = 0.25;
/** Prepared as in training, their error has to fall to this share of it. */
const FALLS_TO = 0.5;

/** The error of examples that were not trained on, over that of the training mean, and its bound. */
export function errorOn(subject: Subject, run: TrainingRun, examples: Examples, heldOut: Evaluation) {
  return worstHeldOut({ ...subject, heldOut: examples }, { ...run, heldOut });
}

/** Whether examples are answered so badly that another way to prepare them is looked for. */
export function isClearlyWorse(error: number, { count }: Examples): boolean {
  return error >= CLEARLY_WORSE && count >= FEWEST_ROWS;
}

/** A way by which examples are answered well that are answered badly as they are. */
export interface BetterPrepared {
  readonly how: Preparation;
  /** A clause about what the error falls to. */
  readonly fall: string;
}

/** Finds the way to prepare examples by which their error falls the most, below the bound. */
export function findBetterPrepared(
  subject: Subject,
  run: TrainingRun,
  examples: Examples,
  { error, otherwise }: { readonly error: number; readonly otherwise: AskedEvaluation["otherwise"] },
): BetterPrepared | null {
  const better = otherwise
    .map(({ how, evaluation }) => ({ how, ...errorOn(subject, run, examples, evaluation) }))
    .filter(({ error: other = 1, bound = 0 }) => other < bound && other <= FALLS_TO * error)
    .sort((a, b) => (a.error ?? 0) - (b.error ?? 0))[0];
  if (!better) return null;
  const fall = `; their error, over that of the training mean, falls from ${printNumber(error)} to ${printNumber(better.error ?? 0)} once they are prepared as those of training`;
  return { how: better.how, fall };
}
