import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import type { Examples } from "../examples.ts";
import { classesOf, targetParts, withOutput } from "../parts.ts";

/**
 * Weighs the examples so that each class counts as much as every other in the loss of its output, in place of the weights
 * that were given. The outputs that are no classes keep theirs.
 */
export function evenClasses(train: Examples): Examples {
  const parts = targetParts(train);
  const { count } = train;
  const weights = new Float32Array(count * parts.length).fill(1);
  for (const part of parts) {
    const { index } = part;
    const given = train.weights;
    if (given)
      for (let row = 0; row < count; row++)
        weights[row * parts.length + index] = given[row * parts.length + index] as number;
    if (!part.classification || part.severalLabels) continue;
    const answers = classesOfRows(withOutput(train, part).targets, classesOf(part));
    if (answers.length !== count) continue;
    const counts = new Map<number, number>();
    for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    answers.forEach((answer, row) => {
      weights[row * parts.length + index] = count / (counts.size * (counts.get(answer) as number));
    });
  }
  return { ...train, weights };
}
