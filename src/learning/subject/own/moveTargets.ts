// Gives the inputs of examples the targets of other rows.

import { type Examples, gather } from "../examples.ts";
import { chainWindows, followChain } from "../windowChain.ts";

/**
 * Gives each row of inputs the target that stands `rows` further on, and leaves out the rows without one.
 *
 * @returns the examples as they are where nothing would be left.
 */
export function moveTargets(examples: Examples, rows: number): Examples {
  const count = examples.count - Math.abs(rows);
  if (rows === 0 || count < 1) return examples;
  const from = (first: number) => Array.from({ length: count }, (_, row) => row + first);
  const inputs = gather(examples, from(Math.max(0, -rows)));
  const { targets } = gather(examples, from(Math.max(0, rows)));
  return { ...inputs, targets };
}

/**
 * Gives each window of a series the target of the window that begins `steps` steps later, in whatever order they stand, and
 * leaves out those at its end.
 *
 * @returns the examples as they are where the rows are no such windows, or nothing would be left.
 */
export function moveAlongWindows(examples: Examples, steps: number): Examples {
  const next = chainWindows(examples);
  if (next === null || steps < 1) return examples;
  const later = followChain(next, steps);
  const rows = Array.from(later.keys()).filter((row) => later[row] !== -1);
  if (rows.length === 0) return examples;
  const { targets } = gather(
    examples,
    rows.map((row) => later[row] as number),
  );
  return { ...gather(examples, rows), targets };
}
