import { findLossMisfit } from "../evidence/lossFit.ts";
import { outputsOf } from "../evidence/outputs.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A crossentropy of numbers that are not probabilities can fall during training although it measures nothing. */
export const lossFits: Law = {
  name: "lossFits",
  claim: "its loss is made for its outputs and targets",
  async measure({ run, subject }) {
    const { survey } = await run();
    if (survey === null) return notAsked("the run was not surveyed");
    const named = outputsOf(subject, survey).filter(({ loss }) => typeof loss !== "function");
    if (named.length === 0) return notAsked("its loss is its own");
    const misfit = named.map(findLossMisfit).find((one) => one !== null);
    return atMost(misfit ? 1 : 0, 0, misfit?.reason ?? "misfits");
  },
};
