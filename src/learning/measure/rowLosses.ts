// Computes a loss of a project's own for tables whose targets and predictions may have different shapes.

import { type Scalar, stack, tensor, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss/loss.ts";
import { sizeOf } from "../subject/parts.ts";
import { readAndDispose } from "../training/read.ts";

/** A loss, and the shapes of an example that it takes. */
export interface ShapedLoss {
  readonly loss: Loss;
  /** Shape of an example's targets. */
  readonly targets: readonly number[];
  /** Shape of an example's predictions. */
  readonly outputs: readonly number[];
}

/** Tables of targets and predictions, row by row. */
interface Tables {
  readonly targets: Float32Array;
  readonly predictions: Float32Array;
}

/** Computes the loss of all rows together. */
export async function lossOfAll(shaped: ShapedLoss, { targets, predictions }: Tables): Promise<number> {
  const rows = predictions.length / sizeOf(shaped.outputs);
  const value = tidy(() =>
    shaped.loss(tensor(targets, [rows, ...shaped.targets]), tensor(predictions, [rows, ...shaped.outputs])),
  );
  return (await readAndDispose(value))[0] as number;
}

/** Computes the loss of each row by itself. */
export async function lossOfRows(
  { loss, targets: wanted, outputs }: ShapedLoss,
  { targets, predictions }: Tables,
): Promise<Float32Array> {
  const [given, size] = [sizeOf(wanted), sizeOf(outputs)];
  const rows = predictions.length / size;
  const rowOf = (table: Float32Array, width: number, shape: readonly number[], row: number) =>
    tensor(table.subarray(row * width, (row + 1) * width), [1, ...shape]);
  const values = tidy(() =>
    stack(
      Array.from(
        { length: rows },
        (_, row) =>
          loss(rowOf(targets, given, wanted, row), rowOf(predictions, size, outputs, row)) as Scalar,
      ),
    ),
  );
  return readAndDispose(values);
}
