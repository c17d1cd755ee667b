// An encoder that is fitted again to new rows numbers their values anew.

import type { Examples } from "../examples.ts";
import { inputParts, sizeOf } from "../parts.ts";
import type { Recoding } from "./question.ts";

/** Gives each number of a word the one that the word has in training; null where words are numbered as in training. */
export function renumber(asked: Examples, pairs: Recoding["pairs"] | null): Float32Array | null {
  if (pairs === null) return null;
  const numbers = new Map(pairs);
  return asked.inputs.map((number) => numbers.get(number) ?? number);
}

/**
 * Gives each value the code that it has in training.
 *
 * @returns null where no column was encoded otherwise.
 */
export function recode(asked: Examples, recoded: readonly Recoding[]): Float32Array | null {
  if (recoded.length === 0) return null;
  const parts = inputParts(asked);
  const width = parts.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const inputs = Float32Array.from(asked.inputs);
  for (const { part, column, pairs } of recoded) {
    const codes = new Map(pairs);
    const offset = (parts[part]?.offset ?? 0) + column;
    for (let at = offset; at < inputs.length; at += width) {
      const code = inputs[at] as number;
      inputs[at] = codes.get(code) ?? code;
    }
  }
  return inputs;
}
