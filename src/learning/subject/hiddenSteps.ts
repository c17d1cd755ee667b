// Steps that count for nothing in the loss: a mask hides them, or their weight is 0. A network may answer them as it likes, so
// that whoever judges it takes them as answered, and their targets as ones that tell nothing.

import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Examples } from "./examples.ts";
import {
  classesOf,
  type Placed,
  stepColumns,
  stepsOf,
  stepTables,
  type TargetPart,
  targetParts,
} from "./parts.ts";

/** For each step of an output, `[count, steps]`, whether it counts; null where every one does. */
function countsOf(examples: Examples, part: Placed<TargetPart>): Uint8Array | null {
  const { count } = examples;
  const tables = Object.values(stepTables(examples)).map((table) => stepColumns(table, examples, part));
  const counts = Uint8Array.from({ length: count * stepsOf(part) }, (_, at) =>
    tables.every((table) => table[at] !== 0) ? 1 : 0,
  );
  return counts.includes(0) ? counts : null;
}

/** Returns predictions `[count, outputs]` with the targets in the place of what is answered at steps that do not count. */
export function answeredWhereHidden(predictions: Float32Array, examples: Examples): Float32Array {
  if (!examples.stepWeights && !examples.shownSteps) return predictions;
  const answered = predictions.slice();
  for (const part of targetParts(examples))
    eachHidden(examples, part, (at) => {
      answered[at] = examples.targets[at] as number;
    });
  return answered;
}

/** Returns the examples whose steps all count alike but those that do not count at all. */
export function shownAlone({ weights: _, ...examples }: Examples): Examples {
  if (!examples.stepWeights) return examples;
  const { stepWeights, shownSteps, ...others } = examples;
  const shown = stepWeights.map((weight, at) => (weight === 0 || shownSteps?.[at] === 0 ? 0 : 1));
  return { ...others, shownSteps: shown };
}

/**
 * Returns the examples with other targets at steps that do not count: of classes the commonest one, of numbers the mean of those
 * that count at the same place. They add nothing then to what there is to learn.
 */
export function withoutHiddenTargets(examples: Examples): Examples {
  if (!examples.stepWeights && !examples.shownSteps) return examples;
  const targets = examples.targets.slice();
  for (const part of targetParts(examples)) {
    const counts = countsOf(examples, part);
    if (counts === null) continue;
    const fill = fillOf(examples, part, counts);
    eachHidden(examples, part, (at, number) => {
      targets[at] = fill[number] as number;
    });
  }
  return { ...examples, targets };
}

/** The numbers of an output that stand for a target which does not count. */
function fillOf(examples: Examples, part: Placed<TargetPart>, counts: Uint8Array): Float32Array {
  const { targets, outputs, count } = examples;
  const { offset, size, classification, severalLabels } = part;
  const units = size / stepsOf(part);
  const [sums, shown] = [new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < count; row++)
    for (let number = 0; number < size; number++) {
      if (counts[Math.floor((row * size + number) / units)] === 0) continue;
      sums[number] = (sums[number] as number) + (targets[row * outputs + offset + number] as number);
      shown[number] = (shown[number] as number) + 1;
    }
  const ofUnit = (unit: number, table: Float64Array) =>
    table.reduce((sum, one, number) => (number % units === unit ? sum + one : sum), 0);
  const means = Array.from({ length: units }, (_, unit) => ofUnit(unit, sums) / (ofUnit(unit, shown) || 1));
  const mean = (number: number) =>
    (shown[number] as number) > 0
      ? (sums[number] as number) / (shown[number] as number)
      : (means[number % units] as number);
  if (!classification || severalLabels) return Float32Array.from(sums, (_, number) => mean(number));
  const commonest = means.indexOf(largestOf(means));
  return Float32Array.from(sums, (_, number) =>
    classesOf(part) === 1
      ? Math.round(means[number % units] as number)
      : number % units === commonest
        ? 1
        : 0,
  );
}

/** Calls `take` with each number of a step that does not count: its place among all targets, and in the output's own row. */
function eachHidden(
  examples: Examples,
  part: Placed<TargetPart>,
  take: (at: number, number: number) => void,
): void {
  const counts = countsOf(examples, part);
  if (counts === null) return;
  const { offset, size } = part;
  const units = size / stepsOf(part);
  for (let row = 0; row < examples.count; row++)
    for (let number = 0; number < size; number++)
      if (counts[Math.floor((row * size + number) / units)] === 0)
        take(row * examples.outputs + offset + number, number);
}
