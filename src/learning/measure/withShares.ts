import { concat, reshape, slice, softmax, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss/loss.ts";
import type { Shares } from "../subject/parts.ts";

/**
 * Returns a loss that takes any numbers in the place of shares: a softmax makes shares of them, as the model does. With it,
 * constants and references answer nothing that the model could not.
 *
 * @param shares in the order of their places; without any it is the loss itself.
 */
export function takingShares(loss: Loss, shares: readonly Shares[]): Loss {
  if (shares.length === 0) return loss;
  return (targets, outputs) => loss(targets, makeShares(outputs, shares));
}

/** Makes shares of the numbers in their places. @param row one row of numbers. */
export function sharesOf(row: Float32Array, shares: readonly Shares[]): Float32Array {
  if (shares.length === 0) return row;
  return tidy(() => makeShares(tensor(row, [1, row.length]), shares).dataSync() as Float32Array);
}

function makeShares(outputs: Tensor, shares: readonly Shares[]): Tensor {
  const [rows = 1] = outputs.shape;
  const table = reshape(outputs, [rows, -1]);
  const width = table.shape[1] as number;
  const between = (from: number, end: number) =>
    end > from ? [slice(table, [0, from], [rows, end - from])] : [];
  const pieces: Tensor[] = [];
  let done = 0;
  for (const { from, size } of shares) {
    pieces.push(...between(done, from), softmax(slice(table, [0, from], [rows, size]) as never));
    done = from + size;
  }
  return reshape(concat([...pieces, ...between(done, width)], 1), outputs.shape);
}
