import { percent } from "../../../foundation/print/printNumber.ts";
import type { Cause } from "../cause.ts";
import { scaleSteps } from "../change.ts";

/**
 * Batch normalisation trains with the statistics of each batch and is judged with their moving average. At Keras's and
 * TensorFlow.js's momentum of 0.99, the average holds 37 % of its start after 100 steps and 13 % after 200, so that a
 * network can have learnt and look as if it had not.
 */
export const laggingBatchStatistics: Cause<"lagging-batch-statistics"> = {
  name: "lagging-batch-statistics",
  claim: "the moving averages of batch normalisation lag behind what the network has learnt",
  examine({ survey, fails, thresholds }) {
    if (fails === null || survey.batchStatistics === null) return null;
    const { withAverages, withOwn } = survey.batchStatistics;
    const learnt = withOwn < thresholds.lossOverVariance;
    if (!learnt || withAverages < LAGGING * withOwn) return null;
    return {
      rank: "averages lag behind",
      evidence: `with the moving averages of batch normalisation the error is ${percent(withAverages)} of Var(Y), with the statistics of the examples themselves ${percent(withOwn)}: the network has learnt, and the averages have not arrived`,
    };
  },
  cures: (config) => [scaleSteps(config, 4), scaleSteps(config, 16)],
};

/** Averages that have arrived give nearly the same error. */
const LAGGING = 2;
