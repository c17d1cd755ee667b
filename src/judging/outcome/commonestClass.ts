import { classesOfRows } from "../../foundation/numbers/classError.ts";

/** Returns the commonest class of targets `[examples, classes]`. */
export function commonestClass(targets: Float32Array, classes: number): number {
  const counts = new Map<number, number>();
  for (const one of classesOfRows(targets, classes)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Counts the examples that are of another class than the one that is always named. */
export function wrongIfConstant(targets: Float32Array, constant: number, classes: number): number {
  return classesOfRows(targets, classes).filter((one) => one !== constant).length;
}
