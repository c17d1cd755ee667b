import { contractOf } from "../evidence/contract/contract.ts";
import { judge } from "../outcome/verdict.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** Engines that reorder sums may differ in the last bits. */
const TOLERANCE_WITHOUT_BIT_EXACTNESS = 1e-3;

/**
 * Dropout and noise are for training. What still draws in evaluation mode answers the same question in two ways. A layer
 * of the user's own that draws, as the sampling of a variational autoencoder does, may be meant where the run learns.
 */
export const evaluationRepeats: Law = {
  name: "evaluationRepeats",
  claim: "evaluated twice, it gives the same predictions",
  async measure({ subject, bitExact, thresholds, run }) {
    const { noise } = await contractOf(subject);
    const isOwn = noise.again === 0 && !noise.regularises && noise.layers.length > 0;
    if (isOwn && judge(await run(), thresholds) === "learns")
      return notAsked(`${noise.layers.join(", ")} draws by the user's own code, and the run learns`);
    const by = noise.layers.length === 0 ? "" : `, where ${noise.layers.join(", ")} draws random numbers`;
    return atMost(
      Math.max(noise.again, noise.redrawn),
      bitExact ? 0 : TOLERANCE_WITHOUT_BIT_EXACTNESS,
      `largest difference between two evaluations, relative to the largest output${by}`,
    );
  },
};
