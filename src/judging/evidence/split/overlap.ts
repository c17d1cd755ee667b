import type { Examples } from "../../../learning/subject/examples.ts";
import { isSeries } from "../series/series.ts";
import { tabulateInputs } from "./inputTable.ts";

/** How much of a held-out set also occurs in the training set. */
export interface Overlap {
  /** Share of the held-out inputs that are found among the training inputs, bit for bit. */
  readonly seen: number;
  /**
   * Share of the training inputs that occur more than once in the training set. It estimates how many repeats chance
   * alone produces when few different inputs exist, such as a box on a plain background.
   */
  readonly byChance: number;
  /** The smallest difference `seen` − `byChance` that chance does not explain. */
  readonly threshold: number;
  readonly surely: boolean;
}

const LEAST = 0.01;
/** Standard deviations of the difference beyond which the overlap counts as no accident. */
const SURE = 4;

/** Compares the inputs of two sets by their bytes. */
export function measureOverlap(train: Examples, heldOut: Examples): Overlap {
  const known = tabulateInputs(train);
  const { repeated } = known;
  const seen = known.countKnown(heldOut);
  // Of numbers that were measured, no two rows agree by chance: those that do were copied.
  const repeats = isMeasured(train, known.distinct) ? 0 : repeated;
  const byChance = repeats / train.count;
  const expected = (repeats + seen) / (train.count + heldOut.count);
  const uncertainty = Math.sqrt(expected * (1 - expected) * (1 / train.count + 1 / heldOut.count));
  const threshold = Math.max(LEAST, SURE * uncertainty);
  const share = seen / heldOut.count;
  return { seen: share, byChance, threshold, surely: share - byChance > threshold };
}

/** Columns with fewer different numbers may be counts or grades. */
const FEWEST_NUMBERS = 30;

/**
 * Whether a column of a table holds measured numbers: nearly every different row has a number of its own, and the gaps
 * between them differ, unlike those of a grid, of dates or of row numbers.
 */
function isMeasured({ inputs, count, inputShape }: Examples, distinctRows: number): boolean {
  if (inputShape.length > 1) return false;
  const columns = inputs.length / count;
  for (let column = 0; column < columns; column++) {
    const numbers = new Set<number>();
    for (let at = column; at < inputs.length; at += columns) numbers.add(inputs[at] as number);
    if (numbers.size < FEWEST_NUMBERS || numbers.size < 0.9 * distinctRows) continue;
    const sorted = [...numbers].sort((a, b) => a - b);
    const gaps = new Set(
      sorted.slice(1).map((number, at) => (number - (sorted[at] as number)).toPrecision(3)),
    );
    if (gaps.size > numbers.size / 4) return true;
  }
  return false;
}

/** How many different inputs a set has. */
export function countDistinct(examples: Examples): number {
  return tabulateInputs(examples).distinct;
}

/** A split counts as random above this share of overlapping windows; a split in time shares only those at the cut. */
export const MIXED = 0.5;

/**
 * Measures the share of held-out windows of a series that have half of their steps, in a row, in common with a training
 * window. When somebody cuts a series into windows and then splits them at random, most held-out windows overlap.
 *
 * @returns null if the inputs are not windows of 4 steps or more, or if the series itself repeats its values.
 */
export function measureWindowOverlap(train: Examples, heldOut: Examples): number | null {
  const steps = train.inputShape[0] as number;
  if (!isSeries(train) || steps < 4) return null;
  const numbers = new Set(train.inputs).size;
  if (numbers < train.count) return null;
  const known = new Set<string>();
  for (const parts of windowParts(train, steps)) for (const part of parts) known.add(part);
  let seen = 0;
  for (const parts of windowParts(heldOut, steps)) if (parts.some((part) => known.has(part))) seen++;
  return seen / heldOut.count;
}

/** Yields, for each window, every run of half its steps; a run of one value over and over is padding, which all share. */
function* windowParts({ inputs, count }: Examples, steps: number): Generator<string[]> {
  const size = inputs.length / count;
  const features = size / steps;
  const half = Math.ceil(steps / 2);
  for (let example = 0; example < count; example++) {
    yield Array.from({ length: steps - half + 1 }, (_, first) => {
      const from = example * size + first * features;
      return inputs.subarray(from, from + half * features);
    })
      .filter((part) => part.some((value, at) => value !== part[at % features]))
      .map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1"));
  }
}
