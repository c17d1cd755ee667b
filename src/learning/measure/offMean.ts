// A loss of a project's own may be least where predictions equal their targets, and still like another constant better
// than the mean of the targets: a pinball loss asks for a quantile, and a loss that weighs errors by their sign or size
// for something else beside the middle. On noisy targets the right predictions then lie away from the means, so that a
// squared error calls them wrong, and only the loss itself can judge them.

import { leastOf } from "../../foundation/numbers/extremes.ts";
import { average, columnMeans, columnVariances } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { columnsOf, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { repeatRow } from "./errorMeasure.ts";
import { hasReference } from "./referenceLoss.ts";
import { lossOfAll } from "./rowLosses.ts";

/** Shifts of all predictions, in standard deviations of the targets. */
const SHIFTS: readonly number[] = [-2, -1, -0.5, -0.25, 0.25, 0.5, 1, 2];
/** A constant is better than the mean if it saves this share of what the mean costs above the targets themselves. */
const CLEARLY = 0.02;
/** Differences by less than this share of what the mean costs are rounding. */
const ROUNDING = 1e-3;

/**
 * Whether a loss is least at the targets themselves, and likes another constant clearly better than their mean.
 *
 * @returns false for data on which no reference can tell what the loss can reach.
 */
export async function likesAnotherConstant(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
): Promise<boolean> {
  const judged = sampleExamples(train, seed);
  if (!hasReference(judged, part.size)) return false;
  const targets = columnsOf(judged.targets, judged.outputs, part);
  const means = columnMeans(targets, part.size);
  const deviations = columnVariances(targets, part.size).map(Math.sqrt);
  const shaped = { loss, targets: part.shape, outputs: part.shape };
  const lossOf = (predictions: Float32Array) => lossOfAll(shaped, { targets, predictions });
  const constant = (shift: number) =>
    repeatRow(
      means.map((mean, column) => mean + shift * (deviations[column] as number)),
      judged.count,
    );
  try {
    const [atTargets, atMean] = [await lossOf(targets), await lossOf(constant(0))];
    const above = atMean - atTargets;
    if (!(above > 0) || !Number.isFinite(above)) return false;
    const shifted = await lossesOf(lossOf, SHIFTS.map(constant));
    if (!(leastOf(shifted) < atMean - CLEARLY * above)) return false;
    const spread = Math.sqrt(average(deviations.map((deviation) => deviation ** 2)));
    const changed = changesOf(targets, spread);
    return (await lossesOf(lossOf, changed)).every((value) => value > atTargets + ROUNDING * above);
  } catch {
    // A loss that throws is reported where it trains.
    return false;
  }
}

async function lossesOf(
  lossOf: (predictions: Float32Array) => Promise<number>,
  tables: readonly Float32Array[],
): Promise<number[]> {
  const losses: number[] = [];
  for (const table of tables) losses.push(await lossOf(table));
  return losses;
}

/** Predictions beside the targets: a loss that is sound for numbers is dearer at each of them. */
function changesOf(targets: Float32Array, spread: number): Float32Array[] {
  return [
    ...[-1, -0.3, 0.3, 1].map((share) => targets.map((value) => value + share * spread)),
    ...[-1, 0.5, 2].map((factor) => targets.map((value) => factor * value)),
    targets.map((value, place) => value + 0.3 * spread * Math.sin(1.7 * place)),
  ];
}
