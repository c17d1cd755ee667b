import { columnMeans } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { targetParts } from "../../learning/subject/parts.ts";
import { outputVariances } from "../outcome/relativeError.ts";

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
  const scales = scalesOf(examples);
  let farthest: number | null = null;
  let longest = 0;
  for (let example = 0; example < count; example++) {
    let distance = 0;
    for (let output = 0; output < outputs; output++) {
      const difference = (targets[example * outputs + output] as number) - (point[output] as number);
      distance += difference ** 2 / (scales?.[output] ?? 1);
    }
    if (distance > longest) {
      longest = distance;
      farthest = example;
    }
  }
  return farthest;
}

/** Returns what squared distances are divided by if several outputs have units of their own; null for one output. */
function scalesOf(examples: Examples): readonly number[] | null {
  const parts = targetParts(examples);
  if (parts.length === 1) return null;
  const variances = outputVariances(examples);
  return parts.flatMap(({ index, size }) => Array<number>(size).fill((variances[index] as number) * size));
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
