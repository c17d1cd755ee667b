import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import { WRONG_SIDES } from "../outcome/decisions.ts";
import { worstHeldOut } from "../outcome/heldOutError.ts";
import { nameOfRatio } from "../outcome/ownMeasure.ts";
import { below, type Law, notAsked } from "./law.ts";

/** The network predicts examples that it was not trained on, so it has not merely memorised the training set. */
export const generalises: Law = {
  name: "generalises",
  needsTheEnd: true,
  claim: "it predicts examples that it was not trained on",
  async measure({ run, subject }) {
    const { heldOut } = await run();
    const worst = worstHeldOut(subject, await run());
    if (worst === null || heldOut === null)
      return notAsked("no examples are held out on which it could fail");
    const { output, error, bound, isOfDecisions } = worst;
    const of = heldOut.outputs.length === 1 ? "" : ` of ${output.name}, the worst output`;
    return below(error, bound, (isOfDecisions ? `held-out ${WRONG_SIDES}` : describe(output)) + of);
  },
};

function describe({ measured, classification }: OutputEvaluation): string {
  if (measured) return `held-out ${nameOfRatio(measured)}`;
  return classification
    ? "held-out errors / errors of the commonest class"
    : "held-out error / error of the training mean";
}
