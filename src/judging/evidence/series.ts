import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";

/** Whether the inputs are windows of a series, `[steps, features]`, with numbers for targets. */
export function isSeries({ inputShape, classification }: Examples): boolean {
  return inputShape.length === 2 && (inputShape[0] as number) > 1 && classification !== true;
}

/** Least part of the variance that the last value must explain before it counts as what the target continues. */
const CONTINUES = 0.5;

/**
 * What is left of the targets' variance by predicting that nothing changes: each output by the feature of the last step
 * that is nearest to it.
 *
 * @returns mean squared error over Var(Y); null unless the inputs are windows of a series whose last value explains half
 * of every target's variance.
 */
export function errorOfLastValue(examples: Examples): number | null {
  if (!isSeries(examples)) return null;
  const { inputs, inputShape, targets, outputs, count } = examples;
  const features = inputShape[1] as number;
  const size = inputs.length / count;
  const variances = columnVariances(targets, outputs);
  const errors = variances.map((_, output) => {
    const errorsOfFeatures = Array.from({ length: features }, (_, feature) => {
      let sum = 0;
      for (let row = 0; row < count; row++)
        sum +=
          ((inputs[(row + 1) * size - features + feature] as number) -
            (targets[row * outputs + output] as number)) **
          2;
      return sum / count;
    });
    return Math.min(...errorsOfFeatures);
  });
  const continues = errors.every((error, output) => error < CONTINUES * (variances[output] as number));
  return continues && average(errors) > 0 ? average(errors) / average(variances) : null;
}

/** Where a target is found among the inputs of its own example. */
export interface FoundTarget {
  readonly output: number;
  /** Place within one input, row by row. */
  readonly place: number;
}

/**
 * Finds an input that is the target, number for number, in every example of a series.
 *
 * @returns null where there is none, where the targets are constant, or where the inputs are no windows of a series: an
 * autoencoder is asked for its inputs.
 */
export function findTargetInInput(examples: Examples): FoundTarget | null {
  if (!isSeries(examples)) return null;
  const { inputs, targets, outputs, count } = examples;
  const size = inputs.length / count;
  // A network that is asked for its whole window is an autoencoder.
  if (outputs >= size || count < 2) return null;
  const variances = columnVariances(targets, outputs);
  for (let output = 0; output < outputs; output++) {
    if (variances[output] === 0) continue;
    for (let place = 0; place < size; place++) {
      if (isEverywhere(examples, size, place, output)) return { output, place };
    }
  }
  return null;
}

function isEverywhere(
  { inputs, targets, outputs, count }: Examples,
  size: number,
  place: number,
  output: number,
): boolean {
  for (let row = 0; row < count; row++) {
    if (inputs[row * size + place] !== targets[row * outputs + output]) return false;
  }
  return true;
}
