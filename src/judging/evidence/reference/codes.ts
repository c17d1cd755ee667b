// Whole numbers that name something, such as the words of a text, say nothing by their size: word 17 is no neighbour of
// word 18. A network that is given them as they are has to tell them apart by a slope. Here the mean target of each code
// is measured in each half of the rows. Where the halves agree, the codes matter; where what a code says is not what the
// next one says, they are names.

import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { inputParts, targetParts } from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { agreement, type Words } from "./codeMeanings.ts";
import { inputUses } from "./inputUses.ts";

/** Codes that a model takes as numbers. */
export interface Codes {
  /** One more than the largest of them. */
  readonly count: number;
  /** How many different ones there are. */
  readonly different: number;
  /** How much of what a code says the next one says as well, from 0 to about 1. */
  readonly neighbours: number;
}

/** With fewer different numbers than these a network easily bends between them. */
const FEWEST = 12;
const MOST = 20_000;
const MOST_ROWS = 4000;
/** Standard errors by which the halves agree: far beyond chance, also for the best of many places. */
const SURELY = 8;
/** A level of grey tells a hair of what a picture shows; a word tells more. */
const TOLD = 0.01;
/** Of names, the next number says at most this share; of quantities, nearly all. */
const APART = 0.3;
/** A row of words has at least so many of them. */
const MANY_WORDS = 50;
const MANY_PLACES = 8;
/** How much a number of a row may tell of the next one, and how far the means of places may lie apart. */
const UNRELATED = 0.3;

/** Finds codes that the model of a subject takes as numbers; null where there are none. */
export const findCodes = onceFor(search);

async function search(subject: Subject): Promise<Codes | null> {
  const { train, heldOut, asked } = subject;
  const [part, ...others] = inputParts(train);
  if (!part || others.length > 0 || part.shape.length > 2 || (part.shape.length === 2 && part.shape[1] !== 1))
    return null;
  const sets = [train.inputs, heldOut?.inputs ?? [], ...(asked ?? []).map(({ examples }) => examples.inputs)];
  const largest = sets.reduce((most, numbers) => Math.max(most, largestCode(numbers)), 0);
  const different = new Set(train.inputs).size;
  if (!(largest < MOST) || different < FEWEST) return null;
  const [use] = await inputUses(subject);
  if (use?.as !== "numbers") return null;
  const count = largest + 1;
  const rows = takeRows(train);
  const found = wordsOf(rows).map((words) => agreement(words, count));
  const best = found.reduce((a, b) => (b.standardErrors > a.standardErrors ? b : a));
  if (best.standardErrors < SURELY || best.told < TOLD) return null;
  const { neighbours, straight } = best;
  const areNames = neighbours < APART || (straight < APART && different >= MANY_WORDS && standAnywhere(rows));
  return areNames ? { count, different, neighbours } : null;
}

/** The largest of whole numbers from 0 on; infinity where there are others. */
function largestCode(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] as number;
    if (!Number.isInteger(number) || number < 0) return Number.POSITIVE_INFINITY;
    if (number > largest) largest = number;
  }
  return largest;
}

interface Rows {
  readonly codes: Float32Array;
  readonly targets: Float32Array;
  readonly count: number;
  /** Codes of a row, and numbers of its targets. */
  readonly length: number;
  readonly outputs: number;
  /** Whether each code of a row has targets of its own. */
  readonly isEach: boolean;
}

/** Takes evenly spaced rows. */
export function takeRows(train: Examples): Rows {
  const length = train.inputs.length / train.count;
  const outputs = train.targets.length / train.count;
  const step = Math.max(1, Math.floor(train.count / MOST_ROWS));
  const count = Math.floor(train.count / step);
  const every = (numbers: Float32Array, width: number) =>
    Float32Array.from({ length: count * width }, (_, at) => {
      const row = Math.floor(at / width) * step;
      return numbers[row * width + (at % width)] as number;
    });
  const [part, ...more] = targetParts(train);
  const isEach = more.length === 0 && part?.shape.length === 2 && part.shape[0] === length && length > 1;
  return {
    codes: every(train.inputs, length),
    targets: every(train.targets, outputs),
    count,
    length,
    outputs,
    isEach,
  };
}

const MOST_PLACES = 50;

/** All codes of a row, and those at each place by themselves: what a code says may depend on where it stands. */
export function wordsOf({ codes, targets, count, length, outputs, isEach }: Rows): readonly Words[] {
  const width = isEach ? outputs / length : outputs;
  const all: Words = {
    size: codes.length,
    outputs: width,
    codeOf: (word) => codes[word] as number,
    halfOf: (word) => Math.floor(word / length) % 2,
    targetOf: (word, output) =>
      targets[isEach ? word * width + output : Math.floor(word / length) * width + output] as number,
  };
  if (isEach || length > MOST_PLACES) return [all];
  const at = (place: number): Words => ({
    size: count,
    outputs,
    codeOf: (row) => codes[row * length + place] as number,
    halfOf: (row) => row % 2,
    targetOf: (row, output) => targets[row * outputs + output] as number,
  });
  return [all, ...Array.from({ length: length > 1 ? length : 0 }, (_, place) => at(place))];
}

/** Whether a number may stand at any place, and tells nothing of the next one, as words do and pixels or series do not. */
function standAnywhere({ codes, count, length }: Rows): boolean {
  if (length < MANY_PLACES) return false;
  const pairs: [number, number][] = [];
  const means = new Float64Array(length);
  const times = new Float64Array(length);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number;
    // A 0 only fills a row up.
    if (code === 0) continue;
    means[at % length] = (means[at % length] as number) + code;
    times[at % length] = (times[at % length] as number) + 1;
    const next = codes[at + 1] ?? 0;
    if ((at + 1) % length > 0 && next !== 0) pairs.push([code, next]);
  }
  const often = [...means.keys()].filter((place) => (times[place] as number) >= count / 10);
  const { mean, deviation } = spread(pairs.map(([code]) => code));
  const places = spread(often.map((place) => (means[place] as number) / (times[place] as number)));
  const related =
    pairs.reduce((sum, [a, b]) => sum + (a - mean) * (b - mean), 0) / pairs.length / deviation ** 2;
  return Math.abs(related) < UNRELATED && places.deviation < UNRELATED * deviation;
}

function spread(numbers: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const square = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  return { mean, deviation: Math.sqrt(square) };
}
