// A loss of a project's own may ask for distances: near 0 for one kind of pairs, and a margin or more for the other. A
// target of 1 often means that two are the same, so that a right distance is near 0 there; and beyond the margin every
// distance is right. Such a loss is sound, yet its predictions are not the targets, so the loss itself has to judge them.

import { type Scalar, stack, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { largestOf, leastOf } from "../../foundation/numbers/extremes.ts";
import { average } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import type { TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { readAndDispose } from "../training/read.ts";
import { degreeOf } from "./degree.ts";
import type { BestConstant, ErrorMeasure } from "./errorMeasure.ts";

/** The name by which results show a loss that judges. */
export const LOSS_ABOVE_LEAST = "loss above its least";

/** Returns the distance that a loss asks for at a target. */
type Goal = (target: number) => number;

const MOST_ROWS = 64;
/** Margins at which losses usually hold distances to be large enough. */
const MARGINS: readonly number[] = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 10];
/** Differences by less than this share of what a constant costs are rounding. */
const ROUNDING = 1e-3;
/** The targets themselves have to cost this share of what a constant costs. */
const CLEARLY = 0.5;
/** Steps from 0 to twice the margin in which the best constant is looked for. */
const CONSTANTS = 40;

/** Whether a loss that asks for distances judges an output, so that its predictions are not meant to be its targets. */
export function asksForDistances({ measure }: Pick<TargetPart, "measure">): boolean {
  return measure?.name === LOSS_ABOVE_LEAST;
}

/** Whether targets may tell distances, or how alike two are: one number from 0 upwards for each example. */
function mayBeDistances({ outputs, targets }: Examples): boolean {
  return (
    outputs === 1 &&
    targets.some((target) => target > 0) &&
    targets.every((target) => target >= 0) &&
    targets.includes(0)
  );
}

/**
 * Finds the error measure of a loss that asks for distances: what it is above its least at the same target.
 *
 * @returns null unless targets from 0 upwards make a loss that is least, and not negative, at distances that turn the order
 * of the targets round, or that does not see how far a distance is beyond a margin.
 */
export async function findDistanceMeasure(
  loss: Loss,
  train: Examples,
  seed: number,
): Promise<ErrorMeasure | null> {
  if (!mayBeDistances(train)) return null;
  const judged = sampleExamples(train, seed);
  try {
    const found = await findGoal(loss, judged.targets.slice(0, MOST_ROWS));
    return found === null ? null : measureOf(loss, found, judged.targets);
  } catch {
    // A loss that throws is reported where it trains.
    return null;
  }
}

interface Found {
  readonly goal: Goal;
  readonly margin: number;
}

async function findGoal(loss: Loss, targets: Float32Array): Promise<Found | null> {
  const most = largestOf(targets);
  if (leastOf(targets) !== 0 || !(most > 0)) return null;
  const lossOf = (predictions: Float32Array) => lossOfAll(loss, targets, predictions);
  const reversed =
    (margin: number): Goal =>
    (target) =>
      (margin * (most - target)) / most;
  const straight =
    (margin: number): Goal =>
    (target) =>
      (margin * target) / most;
  for (const [kind, isReversed] of [
    [reversed, true],
    [straight, false],
  ] as const) {
    const margin = await leastMargin((of) => lossOf(targets.map(kind(of))));
    if (margin !== null && (await isLeast(lossOf, targets, { goal: kind(margin), margin }, isReversed)))
      return (await addsUp(loss, targets, margin)) ? { goal: kind(margin), margin } : null;
  }
  return null;
}

/** The smallest margin at which the loss is least. */
async function leastMargin(lossAt: (margin: number) => Promise<number>): Promise<number | null> {
  let least: { readonly margin: number; readonly value: number } | null = null;
  for (const margin of MARGINS) {
    const value = await lossAt(margin);
    if (!Number.isFinite(value)) return null;
    if (least === null || value < least.value - ROUNDING * Math.abs(least.value)) least = { margin, value };
  }
  return least?.margin ?? null;
}

/** Whether the loss is least at the goal, and pulls there: a loss of the wrong sign is lower still elsewhere. */
async function isLeast(
  lossOf: (predictions: Float32Array) => Promise<number>,
  targets: Float32Array,
  { goal, margin }: Found,
  isReversed: boolean,
): Promise<boolean> {
  const goals = targets.map(goal);
  const at = (change: (value: number, row: number) => number) => lossOf(goals.map(change));
  const middle = average([...goals]);
  const [atGoal, atConstant, atTargets] = [
    await lossOf(goals),
    await at(() => middle),
    await lossOf(targets),
  ];
  const above = atConstant - atGoal;
  if (!(above > 0) || above <= ROUNDING * atConstant || atGoal < -ROUNDING * above) return false;
  const isNear = (value: number) => value < margin / 2;
  const beyond = await at((value) => (isNear(value) ? value : 2 * value));
  if (isReversed ? atTargets - atGoal < CLEARLY * above : beyond - atGoal > ROUNDING * above) return false;
  const tooFar = await at((value) => (isNear(value) ? value + margin / 2 : value));
  const tooNear = await at((value) => (isNear(value) ? value : value / 2));
  // A crossentropy that clips its probabilities sees none below 0; the square of a distance does.
  const below = await at((value) => (isNear(value) ? value - margin / 2 : value));
  if (Math.min(tooFar, tooNear, below) - atGoal < ROUNDING * above) return false;
  for (const change of changesBy(margin, isNear))
    if (!((await at(change)) >= atGoal - ROUNDING * above)) return false;
  return true;
}

function changesBy(
  margin: number,
  isNear: (value: number) => boolean,
): readonly ((value: number, row: number) => number)[] {
  return [
    ...[-10, -1, -0.3, -0.05, 0.05, 0.3, 1, 10].flatMap((share) => [
      (value: number) => value + share * margin,
      (value: number) => value + (isNear(value) ? share * margin : 0),
      (value: number) => value + (isNear(value) ? 0 : share * margin),
      (value: number, row: number) => value + share * margin * Math.sin(1.7 * row),
    ]),
    (value) => -value,
    (value) => 10 * value,
  ];
}

/** Whether the loss of a batch is the mean of those of its rows, so that each has an error of its own. */
async function addsUp(loss: Loss, targets: Float32Array, margin: number): Promise<boolean> {
  const predictions = targets.map((_, row) => margin * (0.6 + 0.5 * Math.sin(1.7 * row)));
  const whole = await lossOfAll(loss, targets, predictions);
  const parts = await lossesOfRows(loss, targets, predictions);
  return Math.abs(average([...parts]) - whole) <= ROUNDING * Math.abs(whole);
}

function measureOf(loss: Loss, { goal, margin }: Found, judged: Float32Array): ErrorMeasure {
  const errorsOf = async (targets: Float32Array, predictions: Float32Array) => {
    const values = await lossesOfRows(loss, targets, predictions);
    const least = await lossesOfRows(loss, targets, targets.map(goal));
    return values.map((value, row) => Math.max(0, value - (least[row] as number)));
  };
  const search = async (): Promise<BestConstant> => {
    let best = { row: Float32Array.of(0), error: Number.POSITIVE_INFINITY };
    for (let step = 0; step <= CONSTANTS; step++) {
      const row = Float32Array.of((2 * margin * step) / CONSTANTS);
      const error = average([
        ...(await errorsOf(
          judged,
          judged.map(() => row[0] as number),
        )),
      ]);
      if (error < best.error) best = { row, error };
    }
    const degree = await degreeOf((_, predictions) => errorsOf(judged, predictions), judged.map(goal), 1);
    return { ...best, degree };
  };
  let found: Promise<BestConstant> | undefined;
  return {
    name: LOSS_ABOVE_LEAST,
    errorsOf,
    best() {
      found ??= search();
      return found;
    },
  };
}

async function lossOfAll(loss: Loss, targets: Float32Array, predictions: Float32Array): Promise<number> {
  const column = (values: Float32Array) => tensor(values, [values.length, 1]);
  const value = tidy(() => loss(column(targets), column(predictions)) as Scalar);
  return (await readAndDispose(value))[0] as number;
}

/** Computes the loss of each row by itself; rows that are alike are computed once. */
async function lossesOfRows(
  loss: Loss,
  targets: Float32Array,
  predictions: Float32Array,
): Promise<Float32Array> {
  const places = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  const placeOf = Array.from(targets, (target, row) => {
    const pair = [target, predictions[row] as number] as const;
    const known = places.get(pair.join()) ?? pairs.push(pair) - 1;
    places.set(pair.join(), known);
    return known;
  });
  const values = tidy(() => {
    const cell = (value: number): Tensor => tensor([value], [1, 1]);
    return stack(pairs.map(([target, prediction]) => loss(cell(target), cell(prediction)) as Scalar));
  });
  const read = await readAndDispose(values);
  return Float32Array.from(placeOf, (place) => read[place] as number);
}
