// A linear classifier of pixels or of words is often what is meant, and does well where no regression on so many columns can be
// tried beforehand. A network that no activation bends shows itself what an affine map can do: if it tells the classes of rows
// that it was not trained on, an affine map solves its task.

import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation, OutputEvaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { learnsDecisions } from "../../outcome/decisions.ts";
import { learnsClasses } from "../../outcome/learntClasses.ts";
import { measureOverlap } from "../split/overlap.ts";

/** Of fewer new rows, chance decides how many are told. */
const FEWEST_NEW = 20;
/** Rows that training has seen say nothing of new ones. */
const SEEN = 0.5;
/** With fewer examples for each column, an affine map fits almost any classes. */
const EXAMPLES_PER_COLUMN = 3;

/**
 * Whether the run of a network that is known to be affine tells the classes of its training examples and of new ones: those that
 * are held out, or that the script asks about. Where there are none, training examples that no affine map could learn by heart
 * count alone.
 */
export function solvedByItsOwnAffineMap(
  { train, asked = [] }: Subject,
  run: Pick<TrainingRun, "train" | "heldOut" | "asked">,
): boolean {
  if (!tellsClasses(run.train)) return false;
  const ofHeldOut = run.heldOut ? [run.heldOut] : [];
  const ofAsked = asked.flatMap(({ targets, examples }, index) => {
    const answers = run.asked?.[index]?.asAsked;
    if (!answers || targets !== "given" || examples.count < FEWEST_NEW) return [];
    return measureOverlap(train, examples).seen < SEEN ? [answers] : [];
  });
  const ofNew = [...ofHeldOut, ...ofAsked];
  if (ofNew.length > 0) return ofNew.every(tellsClasses);
  return train.count >= EXAMPLES_PER_COLUMN * (train.inputs.length / train.count + 1);
}

function tellsClasses({ outputs }: Pick<Evaluation, "outputs">): boolean {
  return outputs.every(tells);
}

function tells(output: OutputEvaluation): boolean {
  return learnsClasses(output) || learnsDecisions(output);
}
