import { contractOf } from "../../evidence/contract/contract.ts";
import { untrainedWeights as untrained } from "../../evidence/untrainedWeights.ts";
import type { Cause } from "../cause.ts";

export const untrainedWeights: Cause<"untrained-weights"> = {
  name: "untrained-weights",
  claim: "training does not reach some weights",
  silent: true,
  async examine({ subject }) {
    const { weights } = await contractOf(subject);
    const { count, reason } = untrained(weights);
    if (count === 0 || weights.withoutGradient.length === weights.trainable) return null;
    return { rank: "training does not reach a weight", evidence: reason };
  },
};
