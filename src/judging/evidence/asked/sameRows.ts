// Rows that a script holds out, or trains on, and asks about at another scale are known again, whatever the answers are.

import { largestOf } from "../../../foundation/numbers/extremes.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";

/** Fewer numbers may agree by chance. */
const FEWEST_NUMBERS = 16;
/** Of the rows that are asked about, so many have to be known. */
const KNOWN = 0.9;
/** Numbers of a row that stand for it, as shares of its largest. */
const MARKS = 12;
const STEPS = 200;
/** Numbers this near, over the largest of their row, are the same in single precision. */
const NEAR = 1e-5;

/**
 * Finds by which of some factors nearly all rows that are asked about are held-out or training rows.
 *
 * @returns the first that is; null where none is.
 */
export function findKnownFactor(
  { train, heldOut }: Subject,
  asked: Examples,
  factors: readonly number[],
): number | null {
  const size = asked.inputs.length / asked.count;
  if (size < FEWEST_NUMBERS || train.inputs.length / train.count !== size) return null;
  const known = new Map<string, Float32Array[]>();
  for (const row of [...rowsOf(heldOut), ...rowsOf(train)]) {
    const mark = markOf(row);
    const alike = known.get(mark);
    if (alike) alike.push(row);
    else known.set(mark, [row]);
  }
  const marked = rowsOf(asked).map((row) => ({ row, alike: known.get(markOf(row)) ?? [] }));
  const areTimesKnown = (factor: number) =>
    marked.filter(({ row, alike }) => alike.some((own) => areTimes(row, own, factor))).length >=
    KNOWN * asked.count;
  return factors.find(areTimesKnown) ?? null;
}

function rowsOf(examples: Examples | null): Float32Array[] {
  if (examples === null) return [];
  const size = examples.inputs.length / examples.count;
  return Array.from({ length: examples.count }, (_, row) =>
    examples.inputs.subarray(row * size, (row + 1) * size),
  );
}

/** What a row and its multiples have in common: some of its numbers as shares of the largest, roughly. */
function markOf(row: Float32Array): string {
  const largest = largestOf(row);
  return Array.from({ length: MARKS }, (_, at) =>
    Math.floor((STEPS * (row[Math.floor((at * row.length) / MARKS)] as number)) / largest + 0.123),
  ).join();
}

function areTimes(row: Float32Array, own: Float32Array, factor: number): boolean {
  const bound = NEAR * Math.abs(largestOf(row));
  return bound > 0 && row.every((value, at) => Math.abs(value - factor * (own[at] as number)) <= bound);
}
