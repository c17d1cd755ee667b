/** Numbers the class of a row: for one column 1 from 0.5, for more the greatest. */
function classAt(table: Float32Array, row: number, classes: number): number {
  if (classes === 1) return (table[row] as number) >= 0.5 ? 1 : 0;
  const scores = table.subarray(row * classes, (row + 1) * classes);
  return scores.indexOf(Math.max(...scores));
}

/** Returns the commonest class of targets `[examples, classes]`. */
export function commonestClass(targets: Float32Array, classes: number): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < targets.length / classes; row++) {
    const one = classAt(targets, row, classes);
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Counts the examples that are of another class than the one that is always named. */
export function wrongIfConstant(targets: Float32Array, constant: number, classes: number): number {
  let wrong = 0;
  for (let row = 0; row < targets.length / classes; row++)
    if (classAt(targets, row, classes) !== constant) wrong++;
  return wrong;
}

/** Counts the examples whose predicted class is not theirs. */
export function wrongClasses(predictions: Float32Array, targets: Float32Array, classes: number): number {
  let wrong = 0;
  for (let row = 0; row < targets.length / classes; row++)
    if (classAt(predictions, row, classes) !== classAt(targets, row, classes)) wrong++;
  return wrong;
}
