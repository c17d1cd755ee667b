// A contrastive loss pulls the pairs of one label together and pushes those of the other apart. Labels that the loss takes
// the other way round make it push like rows apart.

import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { average } from "../../../foundation/numbers/statistics.ts";
import { percent } from "../../../foundation/print/printNumber.ts";
import { asksForDistances } from "../../../learning/measure/distanceMeasure.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { columnsOf, inputParts, targetParts } from "../../../learning/subject/parts.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";

const FEWEST_PAIRS = 16;
/** Means of squared distances that lie so many standard errors apart are no chance. */
const SURELY = 6;

/** A loss that pulls the wrong pairs together. */
export interface TurnedPairs {
  readonly words: string;
  /** Whether pairs whose inputs are alike have the larger label. */
  readonly alikeIsHigh: boolean;
}

/** Says that a loss pulls pairs together that differ more in their inputs than those that it pushes apart; null where not. */
export async function findTurnedPairs(train: Examples, seed: number): Promise<TurnedPairs | null> {
  const [part] = targetParts(train);
  const sides = inputParts(train);
  const [left, right] = sides;
  if (!part?.measure || !asksForDistances(part) || !left || !right || sides.length !== 2) return null;
  if (left.shape.join() !== right.shape.join()) return null;
  const judged = sampleExamples(train, seed);
  const atZero = await part.measure.errorsOf(judged.targets, new Float32Array(judged.targets.length));
  const most = largestOf(atZero);
  const apart = distancesOf(judged, [left, right]);
  const isPulled = (row: number) => (atZero[row] as number) < most / 2;
  const near = apart.filter((_, row) => isPulled(row));
  const far = apart.filter((_, row) => !isPulled(row));
  if (near.length < FEWEST_PAIRS || far.length < FEWEST_PAIRS) return null;
  const surplus = average(near) - average(far);
  if (!(surplus > SURELY * Math.sqrt(errorOfMean(near) + errorOfMean(far)))) return null;
  const labels = (pulled: boolean) =>
    average([...judged.targets].filter((_, row) => isPulled(row) === pulled));
  const words = `the loss pulls the pairs of one label together and pushes the others apart, and the inputs of those that it pulls together differ more: their squared distance is ${percent(surplus / average(far))} larger; the labels mean the opposite of what the loss takes them for`;
  return { words, alikeIsHigh: labels(false) > labels(true) };
}

function distancesOf(
  { inputs, count }: Examples,
  [left, right]: readonly [ReturnType<typeof inputParts>[number], ReturnType<typeof inputParts>[number]],
): number[] {
  const [ours, theirs] = [left, right].map((part) => columnsOf(inputs, inputs.length / count, part));
  return Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let at = row * left.size; at < (row + 1) * left.size; at++)
      sum += ((ours?.[at] as number) - (theirs?.[at] as number)) ** 2;
    return sum;
  });
}

/** The squared standard error of a mean. */
function errorOfMean(values: readonly number[]): number {
  const mean = average(values);
  return average(values.map((value) => (value - mean) ** 2)) / values.length;
}
