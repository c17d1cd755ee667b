import { largestOf } from "./extremes.ts";

/** A draw without putting back. */
export interface Draw {
  /** How many are marked. */
  readonly marked: number;
  /** How many are drawn. */
  readonly drawn: number;
  readonly all: number;
}

/**
 * Fisher's exact test: the probability that a random draw has a number of marked ones that is as rare as `found`, or
 * rarer, on either side.
 */
export function splitTail({ marked, drawn, all }: Draw, found: number): number {
  const least = Math.max(0, drawn + marked - all);
  const most = Math.min(drawn, marked);
  const logarithms = Array.from({ length: most - least + 1 }, (_, at) => {
    const hit = least + at;
    return logChoose(marked, hit) + logChoose(all - marked, drawn - hit);
  });
  const largest = largestOf(logarithms);
  const weights = logarithms.map((value) => Math.exp(value - largest));
  const own = weights[found - least] as number;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Weights that are equal but for rounding count as rare as the one found.
  return (
    weights.filter((weight) => weight <= own * (1 + 1e-9)).reduce((sum, weight) => sum + weight, 0) / total
  );
}

function logChoose(all: number, some: number): number {
  let sum = 0;
  for (let one = 1; one <= some; one++) sum += Math.log((all - some + one) / one);
  return sum;
}
