// Labels that are dealt to the wrong rows tell nothing of new rows. A run that predicts held-out rows, about as well as those
// that it was trained on, has found in training what holds there too: the labels belong to their rows, however far they are
// from those of their neighbours.

import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";

/** Held-out rows are predicted with less than this share of the error of the best constant. */
const PREDICTED = 0.5;
/** Where training rows are predicted worse than held-out ones by more than this, some of their labels alone may be wrong. */
const ALIKE = 0.1;
/** Of fewer held-out rows, chance decides how many are told. */
const FEWEST = 40;

type Sides = Readonly<Record<"train" | "heldOut", { readonly outputs: readonly Judged[] } | null>>;
type Judged = Pick<OutputEvaluation, "classification" | "errorOverPrior" | "lossOverVariance" | "examples">;

/** Whether the run shows by its held-out rows that its training labels belong to their rows. */
export function pairsHold({ train, heldOut }: Sides | Pick<TrainingRun, "train" | "heldOut">): boolean {
  if (train === null || heldOut === null) return false;
  return heldOut.outputs.every((output, place) => {
    const [ours, theirs] = [errorOf(train.outputs[place]), errorOf(output)];
    if (ours === null || theirs === null || output.examples < FEWEST) return false;
    return theirs < PREDICTED && ours - theirs <= ALIKE;
  });
}

function errorOf(output: Judged | undefined): number | null {
  return (output?.classification ? output.errorOverPrior : output?.lossOverVariance) ?? null;
}
