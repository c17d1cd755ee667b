// Noise may hide nearly all of what the inputs tell. A reference that finds a little of it, and surely no more than a
// little by chance, shows that there is little to find, unless the nearest neighbours of an example tell more.

import { linearFeatures } from "../../../foundation/numbers/randomFeatures.ts";
import { type Fold, lossOf } from "./crossValidation.ts";

/** What a reference finds counts from so many of its standard errors. */
const SURELY = 4;
/** A mean over so many targets holds little of their noise. */
const NEIGHBOURS = 15;
/** By this share of Var(Y) neighbours have to tell more before they show what a reference missed. */
const NEIGHBOURS_SEE = 0.05;

/**
 * Whether a reference that leaves so much of Var(Y) has surely found something, and the neighbours of the examples tell
 * nothing that it has missed.
 *
 * @param rows how many the reference was tried on. @defaultValue those of `fold`, whose neighbours are asked
 */
export function isSurelyWeak(fold: Fold, left: number, rows = fold.rows): boolean {
  const found = 1 - left;
  // The correlation of predictions and targets has a standard error of about 1 / √rows, and its square is what is found.
  if (!(found > 0) || Math.sqrt(found * rows) < SURELY) return false;
  return lossOfNeighbours(fold) > left - NEIGHBOURS_SEE;
}

/** Predicts each row by the mean of its nearest neighbours' targets; every column of inputs counts by its own spread. */
function lossOfNeighbours(fold: Fold): number {
  const { rows, targets, outputs, inputs } = fold;
  // Their constant adds nothing to a distance.
  const { values: scaled, width: columns } = linearFeatures(inputs, rows, inputs.length / rows);
  const predictions = new Float64Array(rows * outputs);
  const distances = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other < rows; other++) {
      let distance = other === row ? Number.POSITIVE_INFINITY : 0;
      for (let column = 0; column < columns; column++)
        distance +=
          ((scaled[row * columns + column] as number) - (scaled[other * columns + column] as number)) ** 2;
      distances[other] = distance;
    }
    const bound = [...distances].sort((a, b) => a - b)[NEIGHBOURS - 1] as number;
    let near = 0;
    for (let other = 0; other < rows; other++) {
      if ((distances[other] as number) > bound) continue;
      near++;
      for (let output = 0; output < outputs; output++)
        predictions[row * outputs + output] =
          (predictions[row * outputs + output] as number) + (targets[other * outputs + output] as number);
    }
    for (let output = 0; output < outputs; output++)
      predictions[row * outputs + output] = (predictions[row * outputs + output] as number) / near;
  }
  return lossOf(predictions, fold);
}
