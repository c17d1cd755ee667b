// How Keras on TensorFlow updates a row of a table that one step looks up several times: TensorFlow hands the optimizer one
// gradient for each lookup. The limits on gradients are laid on each of them, and Keras 3 adds up their squares and sizes,
// where other backends take the square and the size of their sum.

import { abs, add, square, type Tensor, unsortedSegmentSum } from "@tensorflow/tfjs-core";
import type { RepeatedRows } from "../config/schema.ts";
import type { Lookup } from "../engine/lookups.ts";

/** The lookups of a step, and what is done with them. */
export interface StepLookups {
  /** Those of each variable in order; null where its gradient is all that is known. */
  readonly lookups: readonly (readonly Lookup[] | null)[];
  readonly squares: RepeatedRows;
}

/** What a formula takes for the square and the size of a gradient. Each is computed when it is asked for. */
export interface Powers {
  /** Whether they are those of the gradient itself. */
  readonly isPlain: boolean;
  square(): Tensor;
  size(): Tensor;
}

/** The square and the size of a gradient. */
export function plainPowers(gradient: Tensor): Powers {
  return { isPlain: true, square: () => square(gradient), size: () => abs(gradient) };
}

/** The squares and the sizes of the gradients of lookups, added up for each row of a table. */
export function powersOf(lookups: readonly Lookup[], rows: number): Powers {
  return {
    isPlain: false,
    square: () => sumOfRows(lookups, rows, square),
    size: () => sumOfRows(lookups, rows, abs),
  };
}

/** Adds up what `change` makes of the gradients of lookups, for each row of a table. */
export function sumOfRows(
  lookups: readonly Lookup[],
  rows: number,
  change: (gradients: Tensor) => Tensor,
): Tensor {
  return lookups
    .map((one) => unsortedSegmentSum(change(one.gradients), one.rows, rows) as Tensor)
    .reduce((total, one) => add(total, one));
}
