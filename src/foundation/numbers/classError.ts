/**
 * Computes the error rate divided by the error rate of always predicting the most common class.
 *
 * @param predictions `[examples, outputs]`: one output means class 1 from 0.5, more mean the greatest.
 * @param targets of the same shape, 0 or 1 or one-hot.
 * @returns null where all examples are of one class.
 */
export function errorOverPrior(
  predictions: Float32Array,
  targets: Float32Array,
  outputs: number,
): number | null {
  const wanted = classes(targets, outputs);
  const got = classes(predictions, outputs);
  const counts = new Map<number, number>();
  for (const label of wanted) counts.set(label, (counts.get(label) ?? 0) + 1);
  const others = wanted.length - Math.max(...counts.values());
  return others === 0 ? null : wanted.filter((label, row) => label !== got[row]).length / others;
}

/**
 * Computes the same for labels that may hold together: all wrong labels over those of always predicting the more common
 * value of each label.
 *
 * @param predictions `[examples, labels]`: a label holds from 0.5.
 * @param targets of the same shape, 0 or 1.
 * @returns null where no label varies.
 */
export function labelErrorOverPrior(
  predictions: Float32Array,
  targets: Float32Array,
  labels: number,
): number | null {
  const examples = targets.length / labels;
  const ones = new Array<number>(labels).fill(0);
  let errors = 0;
  targets.forEach((target, index) => {
    ones[index % labels] = (ones[index % labels] as number) + target;
    if (((predictions[index] as number) >= 0.5 ? 1 : 0) !== target) errors++;
  });
  const ofPrior = ones.reduce((sum, count) => sum + Math.min(count, examples - count), 0);
  return ofPrior === 0 ? null : errors / ofPrior;
}

function classes(table: Float32Array, outputs: number): number[] {
  return Array.from({ length: table.length / outputs }, (_, row) => {
    if (outputs === 1) return (table[row] as number) >= 0.5 ? 1 : 0;
    const scores = table.subarray(row * outputs, (row + 1) * outputs);
    return scores.indexOf(Math.max(...scores));
  });
}
