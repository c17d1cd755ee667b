import { average, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { lastFeatures, toChanges, type Windows, windowsOf } from "../../../learning/subject/lastValue.ts";
import { continueEachOther } from "../../../learning/subject/windowChain.ts";
import { type Attainable, measureAttainable } from "../reference/attainable.ts";
import { hasNoFuture } from "./ownFuture.ts";

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
 * @param windows what the windows are like. @defaultValue what these examples show
 * @returns mean squared error over Var(Y); null unless the inputs are windows of a series whose last value explains
 * half of every target's variance.
 */
export function errorOfLastValue(
  examples: Examples,
  windows: Windows | null = windowsOf(examples),
): number | null {
  const { targets, outputs } = examples;
  const found = lastFeatures(examples, windows);
  if (!found) return null;
  const variances = columnVariances(targets, outputs);
  const errors = found.map(({ error }) => error);
  const continues = errors.every((error, output) => error < CONTINUES * (variances[output] as number));
  return continues && average(errors) > 0 ? average(errors) / average(variances) : null;
}

/** Regressions that leave this share of the variance of the changes know nothing of them. */
export const MOST_LEFT = 0.9;

/**
 * Measures what of the changes from the last value to the target cannot be told from the windows: the cross-validated
 * error of the best reference over their variance; null where the references say nothing.
 */
export function leftOfChanges(train: Examples): number | null {
  return attainableChanges(train, "both")?.lossOverVariance ?? null;
}

/** Measures what can be told of the changes from those before them, or from the values. */
export function attainableChanges(train: Examples, from: "both" | "targets"): Attainable | null {
  return windowsOf(train) && measureAttainable({ train: toChanges(train, train, from) });
}

/** The position of a target among the inputs of its own example. */
export interface FoundTarget {
  readonly output: number;
  /** Index within one flattened input, row by row. */
  readonly place: number;
}

/**
 * Looks for a position in the window at which every example of a series holds exactly its own target. A sequence by itself,
 * which no other one continues, may rightly be asked for one of its earlier steps, and so may windows of a series that cannot be
 * foretold: that is a task for the memory of a recurrent network. The last step is never asked for in earnest.
 *
 * @returns null if there is none, if the targets are constant, if the inputs are not windows of a series, or if there
 * are as many outputs as inputs: an autoencoder must predict its inputs.
 */
export function findTargetInInput(examples: Examples): FoundTarget | null {
  if (!isSeries(examples)) return null;
  const { inputs, inputShape, targets, outputs, count } = examples;
  const size = inputs.length / count;
  // A network that predicts its whole window is an autoencoder.
  if (outputs >= size || count < 2) return null;
  const variances = columnVariances(targets, outputs);
  const ofLastStep = size - (inputShape[1] as number);
  for (let output = 0; output < outputs; output++) {
    if (variances[output] === 0) continue;
    for (let place = size - 1; place >= 0; place--) {
      if (!isEverywhere(examples, size, place, output)) continue;
      const isMemory =
        place < ofLastStep &&
        (!continueEachOther(examples) || hasNoFuture(examples, place % (inputShape[1] as number)));
      return isMemory ? null : { output, place };
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
