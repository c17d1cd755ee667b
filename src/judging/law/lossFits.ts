import { findLossMisfit } from "../evidence/lossFit.ts";
import type { Law } from "./law.ts";

/** A crossentropy of numbers that are no probabilities falls, and means nothing. */
export const lossFits: Law = {
  name: "lossFits",
  claim: "its loss is made for its outputs and targets",
  async measure({ run, subject }) {
    const { survey } = await run();
    if (survey === null || typeof subject.loss === "function") return null;
    const misfit = findLossMisfit(subject, survey.outputActivation);
    return {
      measured: misfit ? 1 : 0,
      threshold: 0,
      bound: "≤",
      holds: misfit === null,
      detail: misfit?.reason ?? "misfits",
    };
  },
};
