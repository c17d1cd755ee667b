import type { Examples } from "../../learning/subject/examples.ts";
import { isSeries } from "./series.ts";

/** How much of a held-out set training has seen. */
export interface Overlap {
  /** Share of the held-out inputs that are found among the training inputs, bit for bit. */
  readonly seen: number;
  /**
   * Share of the training inputs that are found again among the others: what chance alone repeats where there are
   * few different inputs, such as a box on a plain ground.
   */
  readonly byChance: number;
  /** The least difference of the two that chance does not explain. */
  readonly threshold: number;
  readonly surely: boolean;
}

const LEAST = 0.01;
/** Standard deviations. */
const SURE = 4;

/** Compares the inputs of two sets by their bytes. */
export function measureOverlap(train: Examples, heldOut: Examples): Overlap {
  const counts = new Map<string, number>();
  for (const key of inputKeys(train)) counts.set(key, (counts.get(key) ?? 0) + 1);
  let repeated = 0;
  for (const count of counts.values()) if (count > 1) repeated += count;
  let seen = 0;
  for (const key of inputKeys(heldOut)) if (counts.has(key)) seen++;
  const byChance = repeated / train.count;
  const expected = (repeated + seen) / (train.count + heldOut.count);
  const uncertainty = Math.sqrt(expected * (1 - expected) * (1 / train.count + 1 / heldOut.count));
  const threshold = Math.max(LEAST, SURE * uncertainty);
  const share = seen / heldOut.count;
  return { seen: share, byChance, threshold, surely: share - byChance > threshold };
}

/** How many different inputs a set has. */
export function countDistinct(examples: Examples): number {
  return new Set(inputKeys(examples)).size;
}

function* inputKeys({ inputs, count }: Examples): Generator<string> {
  const size = inputs.length / count;
  for (let example = 0; example < count; example++) {
    const part = inputs.subarray(example * size, (example + 1) * size);
    yield Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
  }
}

/** Share of the held-out windows from which a split counts as mixed: one in order shares those at the seam alone. */
export const MIXED = 0.5;

/**
 * Share of the held-out windows of a series that have half of their steps, in a row, in common with a training window.
 * A series that is cut into windows first and split at random afterwards has most of them in common.
 *
 * @returns null where the inputs are no windows of 4 steps or more, or where the series repeats its values by itself.
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

/** Of every window its stretches of half the steps. */
function* windowParts({ inputs, count }: Examples, steps: number): Generator<string[]> {
  const size = inputs.length / count;
  const features = size / steps;
  const half = Math.ceil(steps / 2);
  for (let example = 0; example < count; example++) {
    yield Array.from({ length: steps - half + 1 }, (_, first) => {
      const from = example * size + first * features;
      const part = inputs.subarray(from, from + half * features);
      return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
    });
  }
}
