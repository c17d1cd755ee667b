import type { Law } from "./law.ts";

/** The least variance ratio of any one output of a network that learns. */
const LEAST_RATIO = 0.3;

/** One coordinate can be flat while another is learnt: the average hides it, so each is asked by itself. */
export const everyOutputVaries: Law = {
  name: "everyOutputVaries",
  claim: "every output varies with the input, not just one",
  async measure({ run }) {
    const ratios = (await run()).train.varianceRatios.filter((ratio) => ratio !== null);
    if (ratios.length === 0) return null;
    const least = Math.min(...ratios);
    return {
      measured: Number.isFinite(least) ? least : null,
      threshold: LEAST_RATIO,
      bound: "≥",
      holds: least >= LEAST_RATIO,
      detail: "least Var(Ŷ) / Var(Y) of an output",
    };
  },
};
