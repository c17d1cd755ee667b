// How far training and held-out examples differ, column by column, beyond what chance explains.

import { studentReach } from "../../../foundation/numbers/student.ts";
import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  columnsOf,
  inputParts,
  type Part,
  type Placed,
  targetParts,
} from "../../../learning/subject/parts.ts";
import { columnSpreads, type Spread, spreadOf } from "../spread.ts";
import { countDistinct } from "./overlap.ts";

const FEWEST_DISTINCT = 4;

/** Describes the largest difference between the sets; null where chance explains it. */
export function worstDifference(train: Examples, heldOut: Examples): string | null {
  const sides = [
    ...inputParts(train).map((part) => spreadsOn("inputs", part)),
    ...targetParts(train).map((part) => spreadsOn("targets", part, part.classification)),
  ].map((of) => ({ what: of.what, ours: of.spreads(train), theirs: of.spreads(heldOut) }));
  // Small samples differ by chance; the allowance grows as the number of examples shrinks.
  const compared = sides.flatMap(({ ours }) => ours).length;
  const distinct = countDistinct(train);
  // The deviation of a handful of numbers is itself a guess; of three it is no guess at all.
  if (distinct < FEWEST_DISTINCT) return null;
  const reach = studentReach(deviationsFor(compared), distinct - 1);
  const allowance = reach * Math.sqrt(1 / distinct + 1 / heldOut.count);
  const differences = sides
    .flatMap(({ what, ours, theirs }) => compare(what, ours, theirs, allowance))
    .sort((a, b) => b.size - a.size);
  const worst = differences[0];
  return worst && worst.size >= FAR ? worst.words : null;
}

/** How to measure one input or one target: column by column, or all numbers of a picture together. */
function spreadsOn(what: "inputs" | "targets", part: Placed<Part>, areClasses = false) {
  const spreads = (examples: Examples): readonly Spread[] => {
    const own = columnsOf(examples[what], examples[what].length / examples.count, part);
    return areClasses || isTable(part) ? columnSpreads(own, part.size) : [spreadOf(own)];
  };
  return { what, spreads };
}

/** More columns are judged together, as the numbers of one picture or sound are. */
const MOST_COLUMNS = 64;

/** Whether each number is a column with a unit of its own, so that an average over all would hide it. */
function isTable({ shape, size }: Placed<Part>): boolean {
  return shape.length === 1 && size <= MOST_COLUMNS;
}

/**
 * Returns the standard errors by which the worst of so many columns may differ by chance: 3 for one column, 4.3 for a
 * hundred.
 */
function deviationsFor(columns: number): number {
  return Math.sqrt(9 + 2 * Math.log(columns));
}

/**
 * Returns the factor by which chance differences of a column may exceed those of normally distributed numbers: the
 * distance of its farthest number from the mean, in standard deviations, over that of normal numbers; at least 1. In a
 * column with rare large values, such as a pixel that is lit in few examples, chance decides how many of them a sample
 * contains, and so its mean and standard deviation.
 */
function heaviness({ mean, deviation, least, most }: Spread): number {
  const farthest = Math.max(Math.abs(most - mean), Math.abs(mean - least));
  return deviation === 0 ? 1 : Math.max(1, farthest / deviation / NORMAL_REACH);
}

/** Among a few hundred normally distributed numbers, the farthest is about 3 standard deviations from the mean. */
const NORMAL_REACH = 3;

/**
 * Bound on the difference of means, in standard deviations, and on the logarithm of the ratio of standard deviations.
 */
const FAR = 0.5;

function compare(what: string, ours: readonly Spread[], theirs: readonly Spread[], allowance: number) {
  return ours.map((own, index) => {
    const other = theirs[index] as Spread;
    const scale = own.deviation || 1;
    const shift = Math.abs(own.mean - other.mean) / scale - allowance * heaviness(own);
    const stretch =
      other.deviation === 0 || own.deviation === 0
        ? 0
        : Math.abs(Math.log(other.deviation / own.deviation)) - allowance * heaviness(own);
    const print = (spread: Spread) =>
      `mean ${printNumber(spread.mean)}, standard deviation ${printNumber(spread.deviation)}`;
    return {
      size: Math.max(shift, stretch),
      words: `${what}: trained on ${print(own)}, held out ${print(other)}`,
    };
  });
}
