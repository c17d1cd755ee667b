import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { ALWAYS_TRAINING } from "../../../learning/subject/reshape/withAverages.ts";
import { contractOf } from "../../evidence/contract/contract.ts";
import type { Cause } from "../cause.ts";
import { hasLayer } from "../cure/hasLayer.ts";
import { suspectAsked } from "../suspectAsked.ts";

/** The law examplesAreApart asks no more. */
const ROUNDING = 1e-3;

/** Layers with an axis of their own, or of a program's own code. */
const MAY_MIX = /^(TracedLayer|KerasSoftmax|Softmax)$/;

export const examplesSeeEachOther: Cause<"examples-see-each-other"> = {
  name: "examples-see-each-other",
  claim: "the prediction of an example depends on the others in its batch",
  silent: true,
  async examine({ subject, askedFaults }) {
    const asked = suspectAsked(askedFaults, "inTraining", "answers are computed as in training");
    if (asked) return asked;
    const { separation } = await contractOf(subject);
    if (separation === null || separation <= ROUNDING) return null;
    return {
      rank: "examples see each other",
      evidence: `in evaluation mode an output changes by ${percent(separation)} of the largest when the rest of its batch changes: look for a reshape, a softmax, a mean or a normalisation over the axis of the batch`,
    };
  },
  byHand:
    "keep the axis of the batch out of the operation, and pass the training flag on to batch normalisation",
  cures: async (config) => [
    "rework" in config && (await hasLayer(config, (layer) => layer.getClassName() === ALWAYS_TRAINING))
      ? changeConfig(config, { "rework.averagesInEvaluation": true })
      : null,
    "rework" in config && (await hasLayer(config, (layer) => MAY_MIX.test(layer.getClassName())))
      ? changeConfig(config, { "rework.apart": true })
      : null,
  ],
};
