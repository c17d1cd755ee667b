// A loss that is a root or a logarithm of how far predictions are from targets has an infinite slope where they are equal. A
// little, added to what it takes them of, gives it a slope everywhere.

import type { WrittenLoss } from "../subject/own/ownLoss.ts";

type Raise = (by: number) => WrittenLoss;

const raised = new WeakMap<WrittenLoss, Raise>();

/**
 * Says how a loss is computed with a little added under its roots and logarithms, where its operations are known.
 *
 * @param raise gives the same function for the same amount: what is known of a loss is kept by its function.
 */
export function noteRoots(loss: WrittenLoss, raise: Raise): void {
  raised.set(loss, raise);
}

/**
 * Returns the loss with `by` added to what it takes roots and logarithms of; the loss itself where its operations are not
 * known, or nothing is added.
 *
 * @param by at least 0, in the unit of what is under the root.
 * @example
 * ```ts
 * raiseRoots(rootOfSquares, 1e-4); // √(x² + 1e-4), whose slope at 0 is 0
 * ```
 */
export function raiseRoots(loss: WrittenLoss, by: number): WrittenLoss {
  return by > 0 ? (raised.get(loss)?.(by) ?? loss) : loss;
}
