import { findLossMisfit } from "../evidence/lossFit.ts";
import { atMost, type Law } from "./law.ts";

/** A crossentropy of numbers that are not probabilities can fall during training although it measures nothing. */
export const lossFits: Law = {
  name: "lossFits",
  claim: "its loss is made for its outputs and targets",
  async measure({ run, subject }) {
    const { survey } = await run();
    if (survey === null || typeof subject.loss === "function") return null;
    const misfit = findLossMisfit(subject, survey.outputActivation);
    return atMost(misfit ? 1 : 0, 0, misfit?.reason ?? "misfits");
  },
};
