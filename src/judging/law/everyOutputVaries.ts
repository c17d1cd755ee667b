import type { TrainingRun } from "../../learning/training/train.ts";
import type { Law } from "./law.ts";
import { learnsClasses } from "./verdict.ts";

/**
 * The least variance ratio of any one output. In 312 healthy runs (12 configs, 26 seeds each) it was 0.76
 * to 1.3; an output that is not trained was measured at 0 to 0.07. Where the loss is below a fifth of an
 * output's variance its ratio is above 0.305 for any predictions whatever: (1 − √ratio)² ≤ loss / Var(Y).
 */
const LEAST_RATIO = 0.3;

/** One coordinate can be flat while another is learnt: the average hides it, so each is asked by itself. */
export const everyOutputVaries: Law = {
  name: "everyOutputVaries",
  claim: "every output varies with the input, not just one",
  async measure({ run }) {
    const { train } = await run();
    const ratios = train.varianceRatios.filter((ratio) => ratio !== null);
    if (ratios.length === 0) return null;
    const least = Math.min(...ratios);
    return {
      measured: Number.isFinite(least) ? least : null,
      threshold: LEAST_RATIO,
      bound: "≥",
      // Probabilities that name the classes rightly may be unsure.
      holds: least >= LEAST_RATIO || learnsClasses(train),
      detail: "least Var(Ŷ) / Var(Y) of an output",
    };
  },
};

/** Whether an output is flat although classes, if that is what it names, are not told apart. */
export function hasFlatOutput({ train }: TrainingRun): boolean {
  return !learnsClasses(train) && train.varianceRatios.some((ratio) => ratio !== null && ratio < LEAST_RATIO);
}
