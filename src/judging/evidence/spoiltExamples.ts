// Noise that was made by a fault is no property of the data, and excuses nobody.

import { firstExamples } from "../../learning/subject/examples.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { measureAssociation } from "./association.ts";
import { measureReplicates } from "./reference/replicates.ts";
import { shareOutOfOrder } from "./series/timeOrder.ts";

/** By this share training targets have to be told less by their neighbours than held-out ones, before they are noisier. */
const NOISIER = 0.15;
/** Or by so many standard errors, where few examples or faint targets leave more to chance. */
const SURELY_NOISIER = 2.5;
const MOST_COMPARED = 1000;
/** A few windows may be out of order by values that repeat. */
const OUT_OF_ORDER = 0.5;

/** Rows of equal inputs speak for all rows where they are at least this share of them; so many rows are looked at. */
const ENOUGH = 0.5;
const MOST_ROWS = 2000;

/**
 * Whether something was done to the training examples that hides what their inputs tell: their targets are noisier than the
 * held-out ones, the steps of their windows are in no order, or most rows contradict others of the same inputs, which
 * says itself how noisy their targets are.
 */
export function wereSpoilt({
  train,
  heldOut,
}: Pick<Subject, "train"> & Partial<Pick<Subject, "heldOut">>): boolean {
  if ((shareOutOfOrder(train) ?? 0) >= OUT_OF_ORDER) return true;
  if ((measureReplicates(firstExamples(train, MOST_ROWS))?.share ?? 0) >= ENOUGH) return true;
  const ofTrain = measureAssociation(train, MOST_COMPARED);
  const ofHeldOut = heldOut ? measureAssociation(heldOut, MOST_COMPARED) : null;
  if (ofTrain === null || ofHeldOut === null) return false;
  const error = Math.hypot(ofTrain.standardError, ofHeldOut.standardError);
  return ofTrain.ratio - ofHeldOut.ratio >= Math.max(NOISIER, SURELY_NOISIER * error);
}
