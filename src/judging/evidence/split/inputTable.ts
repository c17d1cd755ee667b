// A hash table over the inputs of a set of examples, compared bit for bit. A Map with the bytes as strings took ten times
// as long, and most of a gigabyte for a million examples.

import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

/** The different inputs of a set. */
export interface InputTable {
  /** How many different inputs there are. */
  readonly distinct: number;
  /** How many inputs occur more than once, each counted as often as it occurs. */
  readonly repeated: number;
  /** How often the commonest input occurs. */
  readonly commonest: number;
  /** The first example that has the same inputs as this one: itself, where none before it has. */
  firstLike(example: number): number;
  /** Counts the inputs of another set, of the same size each, that occur in this one. */
  countKnown(examples: Examples): number;
}

export const tabulateInputs = onceFor(createTable);

function createTable({ inputs, count }: Examples): InputTable {
  const known = bitsOf(inputs);
  const size = inputs.length / count;
  /** At each place, one more than the number of an example; 0 at a free place. At most half of them are taken. */
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 1)));
  /** How often each input occurs, at the number of the first example that has it. */
  const times = new Uint32Array(count);
  const find = (bits: Uint32Array, from: number): number => {
    let slot = hash(bits, from, size) & (slots.length - 1);
    for (;;) {
      const example = (slots[slot] as number) - 1;
      if (example < 0 || isSame(known, example * size, bits, from, size)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
  };
  for (let example = 0; example < count; example++) {
    const slot = find(known, example * size);
    if (slots[slot] === 0) slots[slot] = example + 1;
    const first = (slots[slot] as number) - 1;
    times[first] = (times[first] as number) + 1;
  }
  return {
    distinct: times.reduce((sum, often) => sum + (often > 0 ? 1 : 0), 0),
    repeated: times.reduce((sum, often) => sum + (often > 1 ? often : 0), 0),
    commonest: times.reduce((most, often) => Math.max(most, often), 0),
    firstLike: (example) => (slots[find(known, example * size)] as number) - 1,
    countKnown(others) {
      const bits = bitsOf(others.inputs);
      let seen = 0;
      for (let other = 0; other < others.count; other++) if (slots[find(bits, other * size)] !== 0) seen++;
      return seen;
    },
  };
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

function isSame(a: Uint32Array, fromA: number, b: Uint32Array, fromB: number, size: number): boolean {
  for (let word = 0; word < size; word++) if (a[fromA + word] !== b[fromB + word]) return false;
  return true;
}

/** FNV-1a over words of 32 bits, with the high bits mixed into the low ones, which choose the place. */
function hash(bits: Uint32Array, from: number, size: number): number {
  let value = 0x811c9dc5;
  for (let word = from; word < from + size; word++) {
    value = Math.imul(value ^ (bits[word] as number), 0x01000193);
    value ^= value >>> 15;
  }
  return Math.imul(value, 0x2c1b3c6d) ^ (value >>> 12);
}
