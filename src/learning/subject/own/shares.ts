// A mixture of distributions has weights that are shares of one: a softmax makes them, beside means and deviations in one
// output. Nothing in a loss says so, and a number beyond 1 in their place may lower it without end.

import { type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import { type Shares, sizeOf } from "../parts.ts";
import { drawingFrom } from "../seededRandomness.ts";

/** Rows of 0 and 1, which every input takes: numbers, pictures, and the numbers of words. */
const ROWS = 8;
const MOST_NUMBERS = 128;
const ROUNDING = 1e-4;

/** Finds the shares among the numbers of each output by what an untrained model answers. */
export function findShares(model: LayersModel): readonly (readonly Shares[])[] {
  const tables: Float32Array[] = [];
  try {
    tidy(() => {
      const inputs = model.inputs.map(({ shape }, index) => rowsOf(shape, index));
      const answer = () => model.predict(inputs, { batchSize: ROWS });
      const answered = drawingFrom(() => seedStream(1, "random/shares"), answer);
      for (const output of [answered].flat()) tables.push(output.dataSync() as Float32Array);
    });
  } catch {
    // A model that cannot answer is reported where it trains.
    return model.outputs.map(() => []);
  }
  return tables.map(sharesIn);
}

function rowsOf(shape: readonly (number | null)[], input: number): Tensor {
  const row = shape.slice(1).map((side) => side ?? 1);
  const values = Float32Array.from({ length: ROWS * sizeOf(row) }, (_, place) =>
    Math.sin(1 + 12.9898 * (place + 1) * (input + 1)) > 0 ? 1 : 0,
  );
  return tensor(values, [ROWS, ...row]);
}

/** @param answers `[8, numbers]`, row by row. */
function sharesIn(answers: Float32Array): Shares[] {
  const width = answers.length / ROWS;
  if (!Number.isInteger(width) || width > MOST_NUMBERS) return [];
  const found: Shares[] = [];
  for (let from = 0; from < width; from++) {
    const size = sizeOfShares(answers, width, from);
    if (size === null) continue;
    found.push({ from, size });
    from += size - 1;
  }
  return found;
}

function sizeOfShares(answers: Float32Array, width: number, from: number): number | null {
  const sums = new Float64Array(ROWS);
  for (let place = from; place < width; place++) {
    for (let row = 0; row < ROWS; row++) {
      const share = answers[row * width + place] as number;
      if (!(share > 0)) return null;
      sums[row] = (sums[row] as number) + share;
    }
    if (sums.some((sum) => sum > 1 + ROUNDING)) return null;
    if (place > from && sums.every((sum) => Math.abs(sum - 1) <= ROUNDING)) return place - from + 1;
  }
  return null;
}
