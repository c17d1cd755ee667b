import { leastOf } from "../../foundation/numbers/extremes.ts";
import { wasJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import { type FairThresholds, fairVariation } from "../outcome/fairThresholds.ts";
import { allLearnOtherwise, learnsOtherwise } from "../outcome/judgedOutputs.ts";
import { atLeast, type Law, type Measurement, type NotAsked, notAsked } from "./law.ts";

/**
 * The collapse law: Var(Ŷ) / Var(Y) over the training examples must stay above the collapse threshold. In 312
 * healthy runs (12 configs, 26 seeds each) it was 0.87 to 1.3, against 0.05; of 1,404 collapsed ones
 * measured independently the largest was 0.043.
 */
export const predictionsVary: Law = {
  name: "predictionsVary",
  needsTheEnd: true,
  claim: "its predictions vary with the input instead of sitting at a constant",
  async measure({ run, thresholds }) {
    const { train } = await run();
    const { varianceRatio } = train;
    if (train.outputs.every(wasJudgedByItsLoss)) return measureVariation(train, thresholds);
    if (varianceRatio === null) return notAsked("the judged targets are constant");
    const strict = thresholds.varianceRatio;
    const least = varianceRatio >= strict || train.outputs.length > 1 ? strict : fairVariation(thresholds, 0);
    const varies = atLeast(varianceRatio, least, "Var(Ŷ) / Var(Y)");
    // Probabilities that name the right classes may still lie close together, as after a few epochs.
    return allLearnOtherwise(train, thresholds) ? { ...varies, holds: true } : varies;
  },
};

/** Outputs that are no predictions of their targets vary as far as their loss can tell. */
function measureVariation(
  train: Evaluation,
  { varianceRatio: least }: FairThresholds,
): Measurement | NotAsked {
  const variations = train.outputs.flatMap(({ measured }) => measured?.variation ?? []);
  if (variations.length === 0) return notAsked("a constant is always right by its loss, or none is best");
  const varies = atLeast(
    leastOf(variations),
    least,
    "change of the own loss if every prediction were the mean of all / what a reference gains on the best constant",
  );
  return train.outputs.every(learnsOtherwise) ? { ...varies, holds: true } : varies;
}
