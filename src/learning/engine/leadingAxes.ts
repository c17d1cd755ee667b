import { util } from "@tensorflow/tfjs-core";

/** The attributes of the kernel Sum. */
export interface SumAttributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** A sum over leading axes, such as the gradient of a bias: a matrix whose rows are added. */
export interface RowSum {
  readonly rows: number;
  readonly columns: number;
  /** The shape of the result. */
  readonly shape: number[];
}

/** Reads a sum as one over the rows of a matrix; null if it is over other axes than the first ones, or over all. */
export function rowSumOf(shape: readonly number[], { axis, keepDims }: SumAttributes): RowSum | null {
  const axes = util.parseAxisParam(axis, [...shape]).sort((a, b) => a - b);
  if (axes.length === 0 || axes.length === shape.length || axes.some((named, index) => named !== index))
    return null;
  const kept = shape.slice(axes.length);
  return {
    rows: util.sizeFromShape(shape.slice(0, axes.length)),
    columns: util.sizeFromShape(kept),
    shape: keepDims ? [...axes.map(() => 1), ...kept] : kept,
  };
}
