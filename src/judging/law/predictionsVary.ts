import { allLearnOtherwise } from "../outcome/judgedOutputs.ts";
import { atLeast, type Law, notAsked } from "./law.ts";

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
    if (varianceRatio === null) return notAsked("the judged targets are constant");
    const varies = atLeast(varianceRatio, thresholds.varianceRatio, "Var(Ŷ) / Var(Y)");
    // Probabilities that name the right classes may still lie close together, as after a few epochs.
    return allLearnOtherwise(train, thresholds) ? { ...varies, holds: true } : varies;
  },
};
