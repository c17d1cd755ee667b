import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import { ranksOf } from "../../../foundation/numbers/ranks.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { gather } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import { sampleIndices } from "../../../learning/subject/sample.ts";
import type { DataFinding } from "./dataFinding.ts";
import { nearestRows } from "./neighbourhoods.ts";
import { nameRows, nameSample, rowNumbersOf } from "./rowNames.ts";

/** Neighbours that must contradict. At an even border between two classes, all of 20 do so once in a million rows. */
const NEIGHBOURS = 20;
/** How well the neighbours must agree among themselves, so that the row lies inside another class and at no border. */
const INSIDE = 0.95;
/** A target this many ranges of its neighbours' targets away from all of them is contradicted. */
const RANGES = 4;
/**
 * By rank it must be this share of all rows away as well: at the edge of steep data, the largest target is far from its
 * neighbours' and next to them in order.
 */
const RANKS = 0.25;
/** Comparing all pairs of rows costs this many differences at most, a fifth of a second. */
const MOST_DIFFERENCES = 5e7;

/** Finds training rows of a table whose target its nearest neighbours contradict. */
export function findContradictedRows(train: Examples): DataFinding[] {
  const columns = train.inputs.length / train.count;
  const parts = targetParts(train);
  const [part] = parts;
  if (train.inputShape.length !== 1 || parts.length !== 1 || part === undefined) return [];
  const most = Math.floor(Math.sqrt(MOST_DIFFERENCES / columns));
  const places = sampleIndices(train.count, 1, most);
  if (places.length < 3 * NEIGHBOURS) return [];
  const seen = gather(train, places);
  const near = nearestRows(seen, NEIGHBOURS);
  const suspects = part.classification ? contradictedClasses(seen, near) : contradictedNumbers(seen, near);
  if (suspects.length === 0) return [];
  const rows = suspects.map((row) => places[row] as number);
  const what = part.classification
    ? `the ${NEIGHBOURS} nearest neighbours of each all have another class`
    : `the ${NEIGHBOURS} nearest neighbours of each have targets far from its own`;
  return [
    {
      kind: "contradicted-rows",
      claim: `look at the ${part.classification ? "labels" : "targets"} of ${nameRows(train, rows)}: ${what}${nameSample(train, places.length)}`,
      rows: rowNumbersOf(train, rows),
      set: "train",
      column: null,
    },
  ];
}

function contradictedClasses(seen: Examples, near: readonly (readonly number[])[]): number[] {
  const classes = classNumbers(seen);
  const agreement = near.map(
    (rows, row) => rows.filter((other) => classes[other] === classes[row]).length / NEIGHBOURS,
  );
  return near.flatMap((rows, row) => {
    if (agreement[row] !== 0) return [];
    const [first] = rows;
    const isOneClass = rows.every((other) => classes[other] === classes[first as number]);
    const inside = rows.reduce((sum, other) => sum + (agreement[other] as number), 0) / NEIGHBOURS;
    return isOneClass && inside >= INSIDE ? [row] : [];
  });
}

function classNumbers({ targets, outputs, count }: Examples): number[] {
  return Array.from({ length: count }, (_, row) => {
    const own = targets.subarray(row * outputs, (row + 1) * outputs);
    return outputs === 1 ? (own[0] as number) : own.indexOf(1);
  });
}

function contradictedNumbers(
  { targets, outputs, count }: Examples,
  near: readonly (readonly number[])[],
): number[] {
  const columns = Array.from({ length: outputs }, (_, output) =>
    Float32Array.from({ length: count }, (_, row) => targets[row * outputs + output] as number),
  );
  const ranks = columns.map((values) => ranksOf(values).map((rank) => rank / count));
  return near.flatMap((rows, row) => {
    const isFar = columns.some(
      (values, output) =>
        beyond(values, row, rows, RANGES) > 0 && beyond(ranks[output] as Float64Array, row, rows, 0) > RANKS,
    );
    return isFar ? [row] : [];
  });
}

/** How far the number of a row is from those of its neighbours, beyond so many of their ranges. */
function beyond(values: ArrayLike<number>, row: number, rows: readonly number[], ranges: number): number {
  const own = values[row] as number;
  const others = rows.map((place) => values[place] as number);
  const [least, largest] = [leastOf(others), largestOf(others)];
  return Math.max(least - own, own - largest) - ranges * (largest - least);
}
