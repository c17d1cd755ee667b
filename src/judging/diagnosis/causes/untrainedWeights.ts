import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import { untrainedWeights as untrained } from "../../evidence/weights/untrainedWeights.ts";
import type { Cause } from "../cause.ts";
import { suspectAsked } from "../suspectAsked.ts";

export const untrainedWeights: Cause<"untrained-weights"> = {
  name: "untrained-weights",
  claim: "training does not reach some weights",
  silent: true,
  async examine({ subject, fails, askedFaults }) {
    const asked = suspectAsked(askedFaults, "untrained", "an untrained model is asked");
    if (asked) return asked;
    const { weights } = await contractOf(subject);
    // A run that learns may keep a random projection as it was drawn.
    if (weights.untracked.length > 0 && fails !== null)
      return {
        rank: "training does not reach a weight",
        evidence: `${weights.untracked.join(", ")} ${weights.untracked.length === 1 ? "is a variable" : "are variables"} that the layer reads and that Keras does not know of, so that no optimizer moves what it holds: make it by add_weight, or keep layers and variables as attributes of the layer`,
      };
    const { count, reason } = untrained(weights);
    if (count === 0 || weights.withoutGradient.length === weights.trainable) return null;
    return { rank: "training does not reach a weight", evidence: reason };
  },
  cures: (config) => ["rework" in config ? changeConfig(config, { "rework.trainable": true }) : null],
};
