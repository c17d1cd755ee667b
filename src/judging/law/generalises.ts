import { heldOutError, MAX_HELD_OUT_ERROR } from "../outcome/heldOutError.ts";
import { below, type Law } from "./law.ts";

/** The network predicts examples that it was not trained on, so it has not merely memorised the training set. */
export const generalises: Law = {
  name: "generalises",
  claim: "it predicts examples that it was not trained on",
  async measure({ run, subject }) {
    const error = heldOutError(subject, await run());
    if (error === null) return null;
    const detail = subject.train.classification
      ? "held-out errors / errors of the commonest class"
      : "held-out error / error of the training mean";
    return below(error, MAX_HELD_OUT_ERROR, detail);
  },
};
