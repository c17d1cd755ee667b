import { classesOfRows } from "../../foundation/numbers/classError.ts";
import { classesOf, type Placed, type TargetPart, withOutput } from "../../learning/subject/parts.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { findSortedSplit } from "../evidence/split/sortedSplit.ts";
import { type EvenedClasses, evenedClasses } from "./evenedClasses.ts";

/** Fewer held-out rows of a class tell too little of it to stand for all of its rows. */
const FEWEST = 10;
/** The commonest class of training has at most so much of its share among the held-out rows. */
const MORE_EVEN = 0.8;

/**
 * Tells how much a held-out answer of each class counts. Rows of a rare class that were drawn again, or of a common one that were
 * left out, ask for what weights ask for: the answers to rows as they are then count as those of training, class by class.
 *
 * @returns what the weights of training say, where its classes are no more even than the held-out ones, where a held-out class has
 * few rows, or where the split took sorted rows.
 */
export function evenedHeldOut(subject: Subject, part: Placed<TargetPart>): EvenedClasses {
  const { train, heldOut } = subject;
  const byWeights = evenedClasses(train);
  if (byWeights.has(part.name) || heldOut === null || part.severalLabels || part.shape.length > 1)
    return byWeights;
  const classes = classesOf(part);
  const [ours, theirs] = [train, heldOut].map((examples) =>
    countsOf(withOutput(examples, part).targets, classes),
  ) as [number[], number[]];
  const lacksSome = ours.some((count, one) => count > 0 && (theirs[one] as number) < FEWEST);
  const isMoreEven = shareOfCommonest(ours) < MORE_EVEN * shareOfCommonest(theirs);
  if (lacksSome || !isMoreEven || findSortedSplit(subject)?.side === "targets") return byWeights;
  const counts = ours.map((count, one) => (count === 0 ? 0 : count / (theirs[one] as number)));
  return new Map([...byWeights, [part.name, counts]]);
}

function countsOf(targets: Float32Array, classes: number): number[] {
  const counts = new Array<number>(Math.max(2, classes)).fill(0);
  for (const answer of classesOfRows(targets, classes)) counts[answer] = (counts[answer] as number) + 1;
  return counts;
}

function shareOfCommonest(counts: readonly number[]): number {
  return Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0);
}
