// What a loss of a project's own can reach on the data, beside what a constant reaches. A negative log-likelihood has no
// least value to be near, and noise keeps a pinball loss from 0; so a run is compared with a reference under the same
// loss: a linear layer on the inputs and on random features of them, trained on one half of the examples and asked on the
// other. Nothing of the subject's own recipe takes part.

import {
  add,
  dispose,
  exp,
  grads,
  matMul,
  mul,
  reshape,
  type Tensor,
  tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { leastOf } from "../../foundation/numbers/extremes.ts";
import { featureMaps } from "../../foundation/numbers/randomFeatures.ts";
import { freeingTape } from "../engine/freeTape.ts";
import { type Examples, gather } from "../subject/examples.ts";
import { lossTargets, type Placed, sizeOf, type TargetPart } from "../subject/parts.ts";
import { readAndDispose } from "../training/read.ts";
import { lossOfAll, type ShapedLoss } from "./rowLosses.ts";

/** References on more columns, such as pictures, say little of what can be learnt. */
const MOST_COLUMNS = 64;
const FEWEST_EXAMPLES = 40;
const STEPS = 160;
const ASK_EVERY = 16;
const RATE = 0.03;

/** What the reference starts from. */
export interface ReferenceStart {
  /** The best constant. */
  readonly row: Float32Array;
  /** How far each number of the row moves the loss noticeably. */
  readonly scales: Float32Array;
  /** Whether the loss allows positive numbers alone at a place of the row, such as a standard deviation. */
  readonly arePositive: readonly boolean[];
}

/** Whether a reference says anything: it needs 40 examples, and inputs and outputs of at most 64 numbers. */
export function hasReference(
  { count, inputs }: Pick<Examples, "count" | "inputs">,
  outputs: number,
): boolean {
  return count >= FEWEST_EXAMPLES && inputs.length / count <= MOST_COLUMNS && outputs <= MOST_COLUMNS;
}

/** Returns the rows of each half of the examples: every second one. */
export function halvesOf(count: number): readonly [readonly number[], readonly number[]] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return [rows.filter((row) => row % 2 === 0), rows.filter((row) => row % 2 === 1)];
}

/**
 * Trains the reference and measures its loss on examples that it was not trained on.
 *
 * @param examples such as {@link hasReference} asks for.
 * @returns null where the inputs are all alike, or no loss of the reference is finite.
 */
export async function measureReference(
  shaped: ShapedLoss,
  examples: Examples,
  part: Placed<TargetPart>,
  start: ReferenceStart,
): Promise<number | null> {
  const { count, inputs } = examples;
  const columns = inputs.length / count;
  const [, bent] = featureMaps(Float64Array.from(inputs), count, columns);
  if (!bent) return null;
  const halves = halvesOf(count);
  const table = (rows: readonly number[]): Half => {
    const features = new Float32Array(rows.length * bent.width);
    for (const [at, row] of rows.entries())
      features.set(bent.values.subarray(row * bent.width, (row + 1) * bent.width), at * bent.width);
    return { features, rows: rows.length, targets: lossTargets(gather(examples, rows), part).values };
  };
  const [even, odd] = halves.map(table) as [Half, Half];
  const curves = [await reached(shaped, even, odd, start), await reached(shaped, odd, even, start)];
  const means = (curves[0] ?? []).map((loss, at) => (loss + (curves[1]?.[at] ?? Number.NaN)) / 2);
  const finite = means.filter(Number.isFinite);
  return finite.length === 0 ? null : leastOf(finite);
}

interface Half {
  /** `[rows, features]`, row by row. */
  readonly features: Float32Array;
  readonly rows: number;
  readonly targets: Float32Array;
}

/** Trains on one half, and returns the losses on the other one as they were on the way. */
async function reached(
  shaped: ShapedLoss,
  seen: Half,
  other: Half,
  { row, scales, arePositive }: ReferenceStart,
): Promise<number[]> {
  const width = seen.features.length / seen.rows;
  const outputs = sizeOf(shaped.outputs);
  let weights = new Float32Array(width * outputs);
  const [first, second] = [new Float32Array(weights.length), new Float32Array(weights.length)];
  const losses: number[] = [];
  const predict = (moves: Tensor, rows: number): Tensor => {
    const flags = tensor(Float32Array.from(arePositive, Number));
    const [base, size] = [tensor(row), tensor(scales)];
    const moved = add(base, mul(moves, size));
    // A number that must be positive is multiplied, not moved.
    const scaled = mul(base, exp(mul(moves, flags)));
    const chosen = add(mul(moved, add(1, mul(-1, flags))), mul(scaled, flags));
    return reshape(chosen, [rows, ...shaped.outputs]);
  };
  const features = tensor(seen.features, [seen.rows, width]);
  const targets = tensor(seen.targets, [seen.rows, ...shaped.targets]);
  try {
    for (let step = 1; step <= STEPS; step++) {
      const slope = await readAndDispose(
        freeingTape(() =>
          tidy(() => {
            const lossAt = (w: Tensor) =>
              shaped.loss(targets, predict(matMul(features, w as never), seen.rows));
            return grads(lossAt)([tensor(weights, [width, outputs])])[0] as Tensor;
          }),
        ),
      );
      if (!slope.every(Number.isFinite)) break;
      weights = adamStep({ weights, slope, first, second }, step);
      if (step % ASK_EVERY !== 0) continue;
      const given = tidy(() =>
        predict(
          matMul(tensor(other.features, [other.rows, width]), tensor(weights, [width, outputs])),
          other.rows,
        ),
      );
      const predictions = await readAndDispose(given);
      losses.push(await lossOfAll(shaped, { targets: other.targets, predictions }));
    }
  } finally {
    dispose([features, targets]);
  }
  return losses;
}

interface Moments {
  readonly weights: Float32Array;
  readonly slope: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Makes one step of Adam; the moments change in place. */
function adamStep({ weights, slope, first, second }: Moments, step: number): Float32Array<ArrayBuffer> {
  const [b1, b2] = [0.9, 0.99];
  return Float32Array.from(weights, (weight, at) => {
    const g = slope[at] as number;
    first[at] = b1 * (first[at] as number) + (1 - b1) * g;
    second[at] = b2 * (second[at] as number) + (1 - b2) * g * g;
    const m = (first[at] as number) / (1 - b1 ** step);
    const v = (second[at] as number) / (1 - b2 ** step);
    return weight - (RATE * m) / (Math.sqrt(v) + 1e-8);
  });
}
