import type { Examples } from "./examples.ts";

/**
 * Chooses rows that are spread over the targets: it sorts all rows by their targets, output by output, and takes them
 * at even distances. A sorted file begins with rows that are nearly alike. Their variance is tiny, and an error
 * relative to it would fail networks that learn.
 *
 * @returns `count` different rows in their order, or all rows if there are fewer.
 */
export function spreadRows({ targets, outputs, count: rows }: Examples, count: number): number[] {
  const order = Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
    for (let output = 0; output < outputs; output++) {
      const difference =
        (targets[a * outputs + output] as number) - (targets[b * outputs + output] as number);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  const kept = Math.min(count, rows);
  const chosen = Array.from(
    { length: kept },
    (_, place) => order[Math.floor(((place + 0.5) * rows) / kept)] as number,
  );
  return chosen.sort((a, b) => a - b);
}
