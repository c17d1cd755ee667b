import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { scaleSteps } from "../change.ts";

/**
 * Batch normalisation trains with the statistics of each batch and is judged with their moving average. At Keras's and
 * TensorFlow.js's momentum of 0.99, the average holds 37 % of its start after 100 steps and 13 % after 200, so that a
 * network can have learnt and look as if it had not.
 */
export const laggingBatchStatistics: Cause<"lagging-batch-statistics"> = {
  name: "lagging-batch-statistics",
  claim:
    "the statistics of batch normalisation lag behind what the network has learnt, or come from too few examples",
  examine({ survey, fails, thresholds, subject }) {
    if (fails === null || survey.batchStatistics === null) return null;
    const batch = Math.min(subject.batchSize, subject.train.count);
    if (batch === 1 && survey.needsSeveral)
      return {
        rank: "batch normalisation sees one example alone",
        evidence:
          "every batch has one example, and batch normalisation takes its own mean from it: nothing is left of the example, so that in training all of them look alike",
      };
    const { withAverages, withOwn } = survey.batchStatistics;
    const hasLearntSome = withOwn < SOME_LEARNT && withAverages >= NOTHING_LEARNT;
    const learnt = withOwn < thresholds.lossOverVariance || hasLearntSome;
    if (!learnt || withAverages < LAGGING * withOwn)
      return batch > FEW
        ? null
        : {
            rank: "batches are small for their statistics",
            evidence: `batch normalisation takes mean and variance over ${batch} example${batch > 1 ? "s" : ""} at a time, so that each example looks otherwise in every batch`,
          };
    return {
      // What the network knows with the statistics of the examples, no scale of the inputs has kept from it.
      rank: withOwn < NEARLY_ALL_LEARNT ? "averages alone hide what is learnt" : "averages lag behind",
      evidence: `with the moving averages of batch normalisation the error is ${percent(withAverages)} of Var(Y), with the statistics of the examples themselves ${percent(withOwn)}: the network has learnt${withOwn < thresholds.lossOverVariance ? "" : " some"}, and the averages have not arrived`,
    };
  },
  cures: (config) => {
    const { batchSize, steps } = config.training;
    const larger = {
      "training.batchSize": USUAL_BATCH,
      "training.steps": Math.min(steps, Math.max(FEWEST_STEPS, Math.ceil((steps * batchSize) / USUAL_BATCH))),
    };
    return [
      ...(batchSize > FEW ? [] : [changeConfig(config, larger)]),
      ...("rework" in config ? [changeConfig(config, { "rework.momentum": QUICK })] : []),
      scaleSteps(config, 4),
      scaleSteps(config, 16),
    ];
  },
};

/** Mean and variance of so few examples say little of all of them. */
const FEW = 4;
const USUAL_BATCH = 32;
/** As many epochs in batches so much larger may be too few steps to learn anything. */
const FEWEST_STEPS = 500;

/** At this momentum, the averages hold nothing of their start after 100 steps. */
const QUICK = 0.9;

/** A network that leaves no more than this has learnt nearly all there is. */
const NEARLY_ALL_LEARNT = 0.05;
/** What is learnt in part counts where the averages make it worse than a constant. */
const SOME_LEARNT = 0.75;
const NOTHING_LEARNT = 1;
/** Averages that have arrived give nearly the same error. */
const LAGGING = 2;
