import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../../learning/subject/examples.ts";

/** Whether the inputs are windows of a series, `[steps, features]`, with numbers for targets. */
export function isSeries({ inputShape, classification }: Examples): boolean {
  return inputShape.length === 2 && (inputShape[0] as number) > 1 && classification !== true;
}

/** The target counts as a continuation of the series if the last value explains at least this share of its variance. */
const CONTINUES = 0.5;

/**
 * Measures the error of the persistence forecast, which predicts that nothing changes: it predicts each output by the
 * feature of the window's last step that has the least squared error.
 *
 * @returns mean squared error over Var(Y); null unless the inputs are windows of a series whose last value explains
 * half of every target's variance.
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

/** The position of a target among the inputs of its own example. */
export interface FoundTarget {
  readonly output: number;
  /** Index within one flattened input, row by row. */
  readonly place: number;
}

/**
 * Looks for a position in the window at which every example of a series holds exactly its own target.
 *
 * @returns null if there is none, if the targets are constant, if the inputs are not windows of a series, or if there
 * are as many outputs as inputs: an autoencoder must predict its inputs.
 */
export function findTargetInInput(examples: Examples): FoundTarget | null {
  if (!isSeries(examples)) return null;
  const { inputs, targets, outputs, count } = examples;
  const size = inputs.length / count;
  // A network that predicts its whole window is an autoencoder.
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
