import { keysOf } from "./copySide.ts";
import type { TrainingCall } from "./trainingCall.ts";

/**
 * Whether a program makes what it trains on of its network's own answers: before each of several calls it asks its network,
 * and each brings rows that no call before it had. A program that only looks at how far it is brings the same rows again.
 */
export function areAnswers(calls: readonly TrainingCall[]): boolean {
  if (calls.length < FEWEST) return false;
  const later = calls.slice(1);
  if (!later.every(({ isAskedBefore }) => isAskedBefore)) return false;
  const seen = new Set(keysOf((calls[0] as TrainingCall).pair));
  return later.every(({ pair }) => {
    const keys = keysOf(pair);
    const isNew = keys.some((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    return isNew;
  });
}

/** So many calls show a habit. */
const FEWEST = 4;
