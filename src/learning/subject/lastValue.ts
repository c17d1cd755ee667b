import { onceFor } from "../../foundation/onceFor.ts";
import type { Examples } from "./examples.ts";

/** Windows of a series: how many steps each has, and how many numbers each step. */
export interface Windows {
  readonly steps: number;
  readonly features: number;
  /** Whether the newest step stands first, as in columns that are shifted by one row, by two, and so on. @defaultValue false */
  readonly newestFirst?: boolean;
}

const FEWEST_STEPS = 3;

type Table = Pick<Examples, "inputs" | "targets" | "outputs" | "count">;

/**
 * Tells whether the inputs are windows of a series: `[steps, features]`, or lists of numbers that follow each other, which a
 * recurrent layer may be given as a single step, `[1, lags]`. Targets that are classes continue no series.
 */
export function windowsOf(examples: Table & Pick<Examples, "inputShape" | "classification">): Windows | null {
  const { inputShape, classification } = examples;
  const [steps = 0, features = 1] = inputShape;
  if (classification === true || inputShape.length > 2) return null;
  if (inputShape.length === 2 && steps > 1) return { steps, features };
  const lags = steps * features;
  const order = lags >= FEWEST_STEPS ? orderOfLags(examples) : null;
  return order && { steps: lags, features: 1, ...(order === "newest first" && { newestFirst: true }) };
}

/** Lists are lags if nearly every row is the one before it moved by one, or most rows have such a row anywhere. */
const IN_STEP = 0.9;
/** A split that shuffles keeps most rows of a series in the same half as the next one. */
const IN_ANY_ORDER = 0.5;
/** Looking for the next row among all of them takes too long in larger tables. */
const MOST_NUMBERS = 2e6;

type Order = "newest last" | "newest first";

const orderOfLags = onceFor((table: Table): Order | null => {
  if (table.count < 2) return null;
  if (areMovedByOne(table, 1)) return "newest last";
  if (areMovedByOne(table, -1)) return "newest first";
  return table.inputs.length > MOST_NUMBERS ? null : orderOfShuffled(table);
});

/** Whether nearly every row is the one before it, moved by one place. A row of one number over and over would be, however it moved. */
function areMovedByOne({ inputs, count }: Table, step: 1 | -1): boolean {
  const lags = inputs.length / count;
  let moved = 0;
  for (let row = 1; row < count; row++) {
    const [newer, older] = step === 1 ? [row, row - 1] : [row - 1, row];
    if (isMovedByOne(inputs, newer * lags, older * lags, lags)) moved++;
  }
  return moved >= IN_STEP * (count - 1);
}

/** Whether one row begins with the second number of another, and goes on as that does. */
function isMovedByOne(inputs: Float32Array, row: number, other: number, lags: number): boolean {
  let varies = false;
  for (let at = 0; at < lags - 1; at++) {
    if (inputs[row + at] !== inputs[other + at + 1]) return false;
    if (inputs[row + at] !== inputs[row + at + 1]) varies = true;
  }
  return varies;
}

/**
 * Looks for rows of which each begins with what another one ends with, in whatever order they stand. Coarse numbers, which many
 * rows share, tell nothing.
 */
function orderOfShuffled({ inputs, targets, outputs, count }: Table): Order | null {
  const lags = inputs.length / count;
  const key = (row: number, from: number) =>
    inputs.subarray(row * lags + from, row * lags + from + lags - 1).join(" ");
  const begins = new Map<string, number>();
  for (let row = 0; row < count; row++) begins.set(key(row, 0), row);
  if (begins.size < IN_STEP * count) return null;
  let [followed, toEnd, toStart] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    const next = begins.get(key(row, 1)) ?? row;
    if (next === row) continue;
    followed++;
    if (targets[row * outputs] === inputs[next * lags + lags - 1]) toEnd++;
    if (targets[next * outputs] === inputs[row * lags]) toStart++;
  }
  if (followed < IN_ANY_ORDER * count) return null;
  return toStart > toEnd ? "newest first" : "newest last";
}

/** The feature of the last step that comes nearest to an output, and its mean squared error. */
export interface LastFeature {
  readonly feature: number;
  readonly error: number;
}

/**
 * Finds, for each output, the feature of the window's last step that comes nearest.
 *
 * @param windows what the windows are like. @defaultValue what these examples show
 * @returns null without windows.
 */
export function lastFeatures(
  examples: Examples,
  windows: Windows | null = windowsOf(examples),
): readonly LastFeature[] | null {
  if (windows === null) return null;
  return Array.from({ length: examples.outputs }, (_, output) =>
    Array.from({ length: windows.features }, (_, feature) => ({
      feature,
      error: errorOf(examples, output, windows, feature),
    })).reduce((least, one) => (one.error < least.error ? one : least)),
  );
}

function errorOf(examples: Examples, output: number, windows: Windows, feature: number) {
  const { inputs, targets, outputs, count } = examples;
  const size = inputs.length / count;
  const last = placeOfLast(size, windows) + feature;
  let sum = 0;
  for (let row = 0; row < count; row++)
    sum += ((inputs[row * size + last] as number) - (targets[row * outputs + output] as number)) ** 2;
  return sum / count;
}

/** The place of the newest step among the numbers of a row. */
function placeOfLast(size: number, { features, newestFirst = false }: Windows): number {
  return newestFirst ? 0 : size - features;
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
  const { features, newestFirst = false } = windows;
  const size = inputs.length / count;
  const last = placeOfLast(size, windows);
  const changed = targets.map((target, at) => {
    const { feature } = found[at % outputs] as LastFeature;
    const row = Math.floor(at / outputs);
    return target - (inputs[row * size + last + feature] as number);
  });
  if (what === "targets") return { ...examples, targets: changed };
  const series = new Set(found.map(({ feature }) => feature));
  const steps = inputs.map((value, at) => {
    if (!series.has(at % features)) return value;
    const place = at % size;
    const isOldest = newestFirst ? place === size - 1 : place < features;
    return isOldest ? 0 : value - (inputs[at + (newestFirst ? 1 : -features)] as number);
  });
  return { ...examples, inputs: steps, targets: changed };
}
