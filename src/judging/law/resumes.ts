import { measureResumption } from "../evidence/contract/resumption.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** Engines that reorder sums may differ in the last bits; TensorFlow.js's own Adam rounds its powers when it resumes. */
export const RESUMED_ALIKE = 1e-3;

/** What a layer, a loss or an optimizer keeps outside the weights is lost when training stops. */
export const resumes: Law = {
  name: "resumes",
  trains: true,
  claim: "stopped and resumed, it trains as if it had not stopped",
  async measure({ subject, bitExact }) {
    const resumption = await measureResumption(subject);
    if ("reason" in resumption) return notAsked(resumption.reason);
    const isExact = bitExact && typeof subject.optimizer !== "function";
    return atMost(
      resumption.difference,
      isExact ? 0 : RESUMED_ALIKE,
      "largest relative difference of a loss or a weight two steps after a stop",
    );
  },
};
