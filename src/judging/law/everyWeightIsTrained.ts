import { contractOf } from "../evidence/contract/contract.ts";
import { untrainedWeights } from "../evidence/weights/untrainedWeights.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A weight that gets no gradient, that the optimizer skips, or that the model does not know, stays what it was drawn. */
export const everyWeightIsTrained: Law = {
  name: "everyWeightIsTrained",
  claim: "every weight gets a gradient and is updated",
  async measure({ subject }) {
    const { weights } = await contractOf(subject);
    if (weights.trainable + weights.unknown.length === 0) return notAsked("it has no weights to train");
    const { count, reason } = untrainedWeights(weights);
    return atMost(count, 0, `weights that training does not reach${reason && `: ${reason}`}`);
  },
};
