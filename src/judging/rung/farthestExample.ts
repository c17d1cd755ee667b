import { columnMeans } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { inputParts, targetParts } from "../../learning/subject/parts.ts";
import { outputVariances } from "../outcome/relativeError.ts";

/**
 * Finds the example whose target is farthest from a point in target space; null if all targets equal the point.
 *
 * A rung of one example uses the one farthest from the mean: an untrained network predicts about the mean, and would
 * pass on an example near it without learning anything.
 *
 * @param point one number for each output.
 * @param isAllowed whether an example may be chosen. @defaultValue each may
 */
export function farthestExample(
  examples: Examples,
  point: ArrayLike<number>,
  isAllowed: (example: number) => boolean = () => true,
): number | null {
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
    if (distance > longest && isAllowed(example)) {
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

/**
 * Finds the example farthest from the mean, and the one farthest from that, of those that do not contradict it.
 *
 * @returns null if all targets are equal, or all others contradict.
 */
export function farthestPair(examples: Examples): readonly [number, number] | null {
  const first = farthestExample(examples, columnMeans(examples.targets, examples.outputs)) ?? 0;
  const second = farthestExample(
    examples,
    targetOf(examples, first),
    (example) => !contradicts(examples, first, example),
  );
  return second === null ? null : [first, second];
}

/**
 * Whether two examples have other targets for the same inputs, so that no network tells them apart. Of sequences with a
 * target for each step, a network that reads forwards knows the steps up to the target's own.
 */
function contradicts(examples: Examples, one: number, other: number): boolean {
  const steps = stepsOf(examples);
  const [seen, asked] = [examples.inputs.length / examples.count / steps, examples.outputs / steps];
  for (let step = 0; step < steps; step++) {
    if (!isSame(examples.inputs, [one, other], { step, steps, width: seen })) return false;
    if (!isSame(examples.targets, [one, other], { step, steps, width: asked })) return true;
  }
  return false;
}

/** Steps of a sequence that has a target for each of its steps; 1 for all other examples. */
function stepsOf(examples: Examples): number {
  const [input, ...otherInputs] = inputParts(examples);
  const [target, ...otherTargets] = targetParts(examples);
  if (!input || !target || otherInputs.length > 0 || otherTargets.length > 0) return 1;
  const [steps = 1] = input.shape;
  return input.shape.length <= 2 && target.shape.length === 2 && target.shape[0] === steps ? steps : 1;
}

interface StepPlace {
  readonly step: number;
  readonly steps: number;
  /** Numbers of a step. */
  readonly width: number;
}

function isSame(
  table: Float32Array,
  [one, other]: readonly [number, number],
  { step, steps, width }: StepPlace,
): boolean {
  const numbersOf = (example: number) =>
    table.subarray((example * steps + step) * width, (example * steps + step + 1) * width);
  const compared = numbersOf(other);
  return numbersOf(one).every((value, place) => value === compared[place]);
}
