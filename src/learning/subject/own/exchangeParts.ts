import type { Examples } from "../examples.ts";
import { targetParts } from "../parts.ts";

/**
 * Gives two outputs each other's targets.
 *
 * @returns the examples as they are where there are no two such outputs of the same size.
 */
export function exchangeParts(
  examples: Examples,
  [first, second]: readonly [first: number, second: number],
): Examples {
  const { targets, outputs } = examples;
  const parts = targetParts(examples);
  const [one, other] = [parts[first], parts[second]];
  if (!one || !other || one.size !== other.size || examples.ownTargets) return examples;
  const from = Int32Array.from({ length: outputs }, (_, column) => column);
  for (let at = 0; at < one.size; at++) {
    from[one.offset + at] = other.offset + at;
    from[other.offset + at] = one.offset + at;
  }
  const exchanged = targets.map((_, index) => {
    const column = index % outputs;
    return targets[index - column + (from[column] as number)] as number;
  });
  return { ...examples, targets: exchanged };
}
