import { columnMeans } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";

/**
 * Finds the example whose target is farthest from a point in target space; null if all targets equal the point.
 *
 * A rung of one example uses the one farthest from the mean: an untrained network predicts about the mean, and would
 * pass on an example near it without learning anything.
 *
 * @param point one number for each output.
 */
export function farthestExample(examples: Examples, point: ArrayLike<number>): number | null {
  const { targets, outputs, count } = examples;
  let farthest: number | null = null;
  let longest = 0;
  for (let example = 0; example < count; example++) {
    let distance = 0;
    for (let output = 0; output < outputs; output++) {
      distance += ((targets[example * outputs + output] as number) - (point[output] as number)) ** 2;
    }
    if (distance > longest) {
      longest = distance;
      farthest = example;
    }
  }
  return farthest;
}

/** The target of one example. */
export function targetOf({ targets, outputs }: Examples, example: number): Float32Array {
  return targets.subarray(example * outputs, (example + 1) * outputs);
}

/** Finds the example farthest from the mean, and the one farthest from that; null if all targets are equal. */
export function farthestPair(examples: Examples): readonly [number, number] | null {
  const first = farthestExample(examples, columnMeans(examples.targets, examples.outputs)) ?? 0;
  const second = farthestExample(examples, targetOf(examples, first));
  return second === null ? null : [first, second];
}
