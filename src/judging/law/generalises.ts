import { heldOutError, MAX_HELD_OUT_ERROR } from "../outcome/heldOutError.ts";
import { below, type Law } from "./law.ts";

/** What was learnt holds for examples that training never saw: it is no memory of those it did see. */
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
