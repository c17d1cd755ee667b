import type { Examples } from "./examples.ts";

/** Windows of a series: how many steps each has, and how many numbers each step. */
export interface Windows {
  readonly steps: number;
  readonly features: number;
}

/** A list of numbers is a window if nearly every row is the one before it, moved by one. */
const IN_STEP = 0.9;
const FEWEST_STEPS = 3;

/**
 * Tells whether the inputs are windows of a series: `[steps, features]`, or lists of which each is the one before it
 * moved by one number. Targets that are classes continue no series.
 */
export function windowsOf({ inputs, inputShape, classification, count }: Examples): Windows | null {
  const [steps = 0, features = 1] = inputShape;
  if (classification === true || steps < 2 || inputShape.length > 2) return null;
  if (inputShape.length === 2) return { steps, features };
  if (steps < FEWEST_STEPS || count < 2) return null;
  let moved = 0;
  for (let row = 1; row < count; row++) if (isMovedByOne(inputs, row, steps)) moved++;
  return moved >= IN_STEP * (count - 1) ? { steps, features: 1 } : null;
}

/** A row of one number over and over would be the one before it, however it moved. */
function isMovedByOne(inputs: Float32Array, row: number, steps: number): boolean {
  const start = row * steps;
  let varies = false;
  for (let at = start; at < start + steps - 1; at++) {
    if (inputs[at] !== inputs[at - steps + 1]) return false;
    if (inputs[at] !== inputs[at + 1]) varies = true;
  }
  return varies;
}

/** The feature of the last step that comes nearest to an output, and its mean squared error. */
export interface LastFeature {
  readonly feature: number;
  readonly error: number;
}

/** Finds, for each output, the feature of the window's last step that comes nearest; null without windows. */
export function lastFeatures(examples: Examples): readonly LastFeature[] | null {
  const features = windowsOf(examples)?.features;
  if (features === undefined) return null;
  return Array.from({ length: examples.outputs }, (_, output) =>
    Array.from({ length: features }, (_, feature) => ({
      feature,
      error: errorOf(examples, output, features, feature),
    })).reduce((least, one) => (one.error < least.error ? one : least)),
  );
}

function errorOf(
  { inputs, targets, outputs, count }: Examples,
  output: number,
  features: number,
  feature: number,
) {
  const size = inputs.length / count;
  let sum = 0;
  for (let row = 0; row < count; row++)
    sum +=
      ((inputs[(row + 1) * size - features + feature] as number) -
        (targets[row * outputs + output] as number)) **
      2;
  return sum / count;
}

/**
 * Takes from each target the last value of its window, by the features that come nearest in training; and with `both`
 * from each value of those features in the window the one before it, and from the first itself.
 *
 * @returns the examples as they are where the training inputs are no windows.
 */
export function toChanges(examples: Examples, train: Examples, what: "targets" | "both"): Examples {
  const [found, windows] = [lastFeatures(train), windowsOf(train)];
  if (!found || !windows) return examples;
  const { inputs, targets, outputs, count } = examples;
  const { features } = windows;
  const size = inputs.length / count;
  const changed = targets.map((target, at) => {
    const { feature } = found[at % outputs] as LastFeature;
    const row = Math.floor(at / outputs);
    return target - (inputs[(row + 1) * size - features + feature] as number);
  });
  if (what === "targets") return { ...examples, targets: changed };
  const series = new Set(found.map(({ feature }) => feature));
  const steps = inputs.map((value, at) => {
    if (!series.has(at % features)) return value;
    return at % size < features ? 0 : value - (inputs[at - features] as number);
  });
  return { ...examples, inputs: steps, targets: changed };
}
