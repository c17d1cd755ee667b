// Black digits on white paper, asked of a network that was trained on white digits on black, are its rows mirrored in the
// range of their numbers.

import { columnMeans } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../examples.ts";

/** Asked rows may reach beyond the range of training by this share of it. */
const BEYOND = 0.1;
/** So far, as a share of the range, the means of asked columns lie from those of training. */
const FAR = 0.05;
/** Mirrored, they come nearer by this factor. */
const NEARER = 2;
/** A table has one common range where this share of its columns spans half of it. */
const COMMON = 0.7;

interface Range {
  readonly least: number;
  readonly most: number;
}

/**
 * Mirrors rows in the range that all numbers of training have in common: each becomes least + most − number.
 *
 * @returns null where there is no such range, where the rows lie outside of it, or where the mirrored ones are no more like
 * those of training.
 */
export function mirror(asked: Examples, train: Examples): Float32Array | null {
  if (train.inputParts || train.inputs.length === 0 || asked.inputs.length === 0) return null;
  const range = rangeOf(train.inputs);
  const width = range.most - range.least;
  const own = rangeOf(asked.inputs);
  if (width <= 0 || own.least < range.least - BEYOND * width || own.most > range.most + BEYOND * width)
    return null;
  const size = train.inputs.length / train.count;
  if (train.inputShape.length === 1 && !haveCommonRange(train, size, range)) return null;
  const sum = range.least + range.most;
  return bringsNearer(asked, train, size, range) ? asked.inputs.map((value) => sum - value) : null;
}

function rangeOf(values: Float32Array): Range {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most };
}

/** Columns in units of their own have no range in common; some pixels at the edge of a picture never change. */
function haveCommonRange({ inputs }: Examples, size: number, { least, most }: Range): boolean {
  let [varying, wide] = [0, 0];
  for (let column = 0; column < size; column++) {
    let [low, high] = [most, least];
    for (let at = column; at < inputs.length; at += size) {
      low = Math.min(low, inputs[at] as number);
      high = Math.max(high, inputs[at] as number);
    }
    if (high > low) varying++;
    if (high - low >= (most - least) / 2) wide++;
  }
  return wide > 0 && wide >= COMMON * varying;
}

/** Rows that lie evenly about the middle of the range are as far from those of training once they are mirrored. */
function bringsNearer(asked: Examples, train: Examples, size: number, { least, most }: Range): boolean {
  const ours = columnMeans(train.inputs, size);
  const theirs = columnMeans(asked.inputs, size);
  let [asIs, mirrored] = [0, 0];
  ours.forEach((mean, column) => {
    const other = theirs[column] as number;
    asIs += Math.abs(other - mean);
    mirrored += Math.abs(least + most - other - mean);
  });
  return asIs >= FAR * (most - least) * size && asIs >= NEARER * mirrored;
}
