import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import { correlationOnHeldOut } from "./oppositeAnswers.ts";
import { findRenumberedClasses } from "./renumberedClasses.ts";
import { worstDifference } from "./setDifference.ts";
import { findSortedSplit } from "./sortedSplit.ts";

/** Standard deviations by which its answers must go with the held-out targets. */
const DEVIATIONS = 4;

/**
 * Whether a subject may predict held-out examples badly because its run saw some of its program's training examples alone: of
 * fewer rows a network learns more by heart. It tells something of the held-out examples then. Where the two sets differ, or
 * number their classes otherwise, more rows would not help.
 *
 * @param heldOut how it predicts the held-out examples.
 */
export function mayLackRows(
  subject: Pick<Subject, "train" | "heldOut" | "programExamples">,
  heldOut: Pick<Evaluation, "outputs">,
): boolean {
  const { train, programExamples = train.count } = subject;
  if (!subject.heldOut || programExamples <= train.count) return false;
  const told = correlationOnHeldOut(heldOut) ?? 0;
  return (
    told > DEVIATIONS / Math.sqrt(subject.heldOut.count) &&
    findSortedSplit(subject) === null &&
    findRenumberedClasses(subject, heldOut) === null &&
    worstDifference(train, subject.heldOut) === null
  );
}
