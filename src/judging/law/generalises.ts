import { MAX_HELD_OUT_ERROR, worstHeldOut } from "../outcome/heldOutError.ts";
import { below, type Law, notAsked } from "./law.ts";

/** The network predicts examples that it was not trained on, so it has not merely memorised the training set. */
export const generalises: Law = {
  name: "generalises",
  claim: "it predicts examples that it was not trained on",
  async measure({ run, subject }) {
    const { heldOut } = await run();
    const worst = worstHeldOut(subject, await run());
    if (worst === null || heldOut === null)
      return notAsked("no examples are held out on which it could fail");
    const { output, error } = worst;
    const of = heldOut.outputs.length === 1 ? "" : ` of ${output.name}, the worst output`;
    const detail = output.classification
      ? "held-out errors / errors of the commonest class"
      : "held-out error / error of the training mean";
    return below(error, MAX_HELD_OUT_ERROR, detail + of);
  },
};
