import { atLeast, type Law, notAsked } from "./law.ts";

/**
 * The collapse law: Var(Ŷ) / Var(Y) over the training examples must stay above the collapse threshold. In 312
 * healthy runs (12 configs, 26 seeds each) it was 0.87 to 1.3, against 0.05; of 1,404 collapsed ones
 * measured independently the largest was 0.043.
 */
export const predictionsVary: Law = {
  name: "predictionsVary",
  claim: "its predictions vary with the input instead of sitting at a constant",
  async measure({ run, thresholds }) {
    const { varianceRatio } = (await run()).train;
    if (varianceRatio === null) return notAsked("the judged targets are constant");
    return atLeast(varianceRatio, thresholds.varianceRatio, "Var(Ŷ) / Var(Y)");
  },
};
