// Training rows and held-out rows that number the same classes differently, as where each table numbers its classes in the
// order in which they appear. Nothing of a column gives that away: the predictions do.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { classesOf, type TargetPart, targetParts } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";

/** Standard deviations by which the rows of the renumbered classes must be more than half. */
const DEVIATIONS = 4;
/** A class with fewer held-out rows is confused with another by chance. */
const FEWEST = 5;

/**
 * Finds the classes that held-out rows number otherwise than training rows do: most of the rows of each such class are
 * predicted as one other class, and most of what is predicted as that other class are these rows. A class that is merely
 * hard is taken for another, whose own rows are still taken for themselves.
 *
 * @returns for each held-out class number the number that training gives to it; null if both number the classes alike,
 * or if the targets are not the classes of one output.
 */
export function findRenumberedClasses(
  { train }: Pick<Subject, "train">,
  heldOut: Pick<Evaluation, "outputs">,
): readonly number[] | null {
  const [part, ...others] = targetParts(train);
  const [output] = heldOut.outputs;
  if (!part || !output || others.length > 0 || !part.classification || part.severalLabels) return null;
  const counts = countAnswers(part, output);
  const numbers = counts.map((row, target) => (sum(row) === 0 ? target : mainAnswer(counts, target)));
  if (new Set(numbers).size < numbers.length) return null;
  const moved = numbers.flatMap((number, target) => (number === target ? [] : [counts[target] ?? []]));
  const all = sum(moved.map(sum));
  const told = numbers.reduce(
    (found, number, target) => found + (number === target ? 0 : (counts[target]?.[number] ?? 0)),
    0,
  );
  const isTold = moved.length > 0 && told - all / 2 > (DEVIATIONS * Math.sqrt(all)) / 2;
  return isTold ? numbers : null;
}

/** Counts how often each class, in the rows, is predicted as each class, in the columns. */
function countAnswers(
  part: TargetPart,
  { targets, predictions }: Pick<Evaluation["outputs"][number], "targets" | "predictions">,
): readonly (readonly number[])[] {
  const columns = classesOf(part);
  const classes = Math.max(2, columns);
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const answers = classesOfRows(predictions, columns);
  classesOfRows(targets, columns).forEach((target, row) => {
    const [own, answer] = [counts[target], answers[row]];
    if (own && answer !== undefined) own[answer] = (own[answer] ?? 0) + 1;
  });
  return counts;
}

/** Returns the class that a class is predicted as, where most of both belong together; otherwise the class itself. */
function mainAnswer(counts: readonly (readonly number[])[], target: number): number {
  const own = counts[target] ?? [];
  const answer = own.indexOf(largestOf(own));
  const both = own[answer] ?? 0;
  const predicted = sum(counts.map((row) => row[answer] ?? 0));
  return sum(own) >= FEWEST && 2 * both > sum(own) && 2 * both > predicted ? answer : target;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
