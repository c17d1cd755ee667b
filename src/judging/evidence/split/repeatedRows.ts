import type { Subject } from "../../../learning/subject/subject.ts";
import { countDistinct, measureOverlap } from "./overlap.ts";

/** Where each example stands in the set so many times or more, few are different. */
export const MANY_TIMES = 4;
/** Fewer examples may all be different and still be few. */
const FEWEST_EXAMPLES = 16;
/** If more than this share of the held-out inputs occurs in the training set, hardly any other inputs exist. */
const FINITE = 0.9;

/**
 * Counts the different training examples where they are few: each stands in the set so many times or more on average, as
 * where a generator yields the same batch again and again.
 *
 * @returns null where more are different, and where only few different inputs exist at all: held-out ones then occur in the
 * training set, and repeats are no fault.
 */
export function countRepeated(
  { train, heldOut }: Pick<Subject, "train" | "heldOut">,
  times: number,
): number | null {
  const distinct = countDistinct(train);
  if (train.count < FEWEST_EXAMPLES || distinct > train.count / times) return null;
  return heldOut && measureOverlap(train, heldOut).seen > FINITE ? null : distinct;
}
