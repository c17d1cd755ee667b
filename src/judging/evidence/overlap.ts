import type { Examples } from "../../learning/subject/examples.ts";

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
