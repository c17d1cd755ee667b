// Words that all have the same number, as where a vocabulary was made of other texts and knows none of them: rows then
// differ in their length alone.

import type { Examples } from "../../../learning/subject/examples.ts";
import { columnsOf, inputParts } from "../../../learning/subject/parts.ts";
import type { InputUse } from "../reference/inputUses.ts";

/** One number that stands for nearly every word. */
export interface SingleCode {
  readonly code: number;
  /** Its share of the numbers that do not only fill a row up. */
  readonly share: number;
}

/** What sequences are filled up with. */
const FILL = 0;
/** Nearly all words have the number, and nearly all rows are filled up at one end. */
const NEARLY_ALL = 0.95;

/** Finds it among inputs that are looked up as codes; null where words have different numbers. */
export function findSingleCode(train: Examples, uses: readonly InputUse[]): SingleCode | null {
  const { inputs, count } = train;
  for (const part of inputParts(train)) {
    if (uses[part.index]?.as !== "codes" || part.size < 2) continue;
    const found = singleCodeOf(columnsOf(inputs, inputs.length / count, part), part.size);
    if (found) return found;
  }
  return null;
}

function singleCodeOf(values: Float32Array, size: number): SingleCode | null {
  const words = values.filter((value) => value !== FILL);
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [code, times] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [
    FILL,
    0,
  ] as const);
  if (times === 0 || times < NEARLY_ALL * words.length) return null;
  const rows = values.length / size;
  let filledAtEnd = 0;
  for (let row = 0; row < rows; row++)
    if (isFilledAtOneEnd(values.subarray(row * size, (row + 1) * size))) filledAtEnd++;
  return filledAtEnd < NEARLY_ALL * rows ? null : { code, share: times / words.length };
}

/** Zeros between words are no fill: they mean something. */
function isFilledAtOneEnd(row: Float32Array): boolean {
  const [first, last] = [
    row.findIndex((value) => value !== FILL),
    row.findLastIndex((value) => value !== FILL),
  ];
  if (first < 0) return true;
  return (
    (first === 0 || last === row.length - 1) && row.subarray(first, last + 1).every((value) => value !== FILL)
  );
}
