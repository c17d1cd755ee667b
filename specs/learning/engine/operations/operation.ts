import type { Tensor } from "@tensorflow/tfjs-core";
import * as core from "@tensorflow/tfjs-core";

/** TensorFlow.js's operations by name, so that a table can run through their names. */
export const tf: typeof core = { ...core };

/** One operation on tensors of these shapes. */
export interface Operation {
  readonly name: string;
  readonly shapes: readonly number[][];
  readonly compute: (...x: Tensor[]) => Tensor;
  /** All inputs are above 0.2, for roots and logarithms; otherwise they lie on both sides of 0. */
  readonly positive?: boolean;
  /** The kernel that has no gradient: the operation is refused by this name. */
  readonly refused?: string;
}

/** A row of the table. */
export function is(
  name: string,
  shapes: readonly (readonly number[])[],
  compute: Operation["compute"],
  options: Pick<Operation, "positive" | "refused"> = {},
): Operation {
  return { name, shapes: shapes.map((shape) => [...shape]), compute, ...options };
}

/** Whole numbers, as words or places are. */
export function whole(...values: number[]): core.Tensor1D {
  return core.tensor1d(values, "int32");
}
