import type { Subject } from "../../../learning/subject/subject.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { measureOverlap } from "../split/overlap.ts";
import { errorOn } from "./betterPrepared.ts";

/** With fewer rows, chance decides how well they are answered. */
export const FEWEST_UNANSWERED = 20;
/** Of rows that training has seen, more than this share is known. */
export const KNOWN_ROWS = 0.5;

/**
 * Whether rows that are new to the network are asked with known targets, and answered well: then others that are not are
 * asked on purpose, as adversarial or noisy ones are.
 */
export function asksNewRows(subject: Subject, run: TrainingRun): boolean {
  return (subject.asked ?? []).some((question, index) => {
    const evaluation = run.asked?.[index]?.asAsked;
    const { targets, examples } = question;
    if (!evaluation || targets !== "given" || examples.count < FEWEST_UNANSWERED) return false;
    const worst = errorOn(subject, run, examples, evaluation);
    if (!worst || worst.error >= worst.bound) return false;
    return measureOverlap(subject.train, examples).seen < KNOWN_ROWS;
  });
}

/**
 * Whether the training rows themselves are held out, every one that is held out, and new rows are asked and answered well at
 * another line: whoever lays training and evaluation of the same rows side by side hides nothing by it. Where a part of what
 * is held out was trained on, the others look better than they are.
 */
export function holdsOutTrainingRows(subject: Subject, run: TrainingRun): boolean {
  const { train, heldOut } = subject;
  return heldOut !== null && measureOverlap(train, heldOut).seen === 1 && asksNewRows(subject, run);
}
