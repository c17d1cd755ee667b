import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import type { Survey } from "../../../learning/training/survey.ts";
import type { Probe } from "../../../learning/training/trace.ts";
import type { Cause } from "../cause.ts";
import { clipGradients, scaleLearningRate, useAdam } from "../change.ts";
import type { RankName } from "../ranking.ts";
import { hasDeadLayer, hasDiverged, isSaturated, losesItsGradient } from "../signs.ts";
import { median, updateRatios } from "../updateRatios.ts";

export const learningRateTooHigh: Cause<"learning-rate-too-high"> = {
  name: "learning-rate-too-high",
  claim: "steps are so large that they jump over what there is to find",
  examine({ run, verdict, fails, trend, survey }) {
    if (fails !== "training" || run.trace.outsideLogarithm || losesItsGradient(run)) return null;
    // Nothing that is wrong before the first step comes of its size.
    if (run.steps === 0 && !run.finite) return null;
    const early = updateRatios(run.trace.probes.filter(({ step }) => step <= 32));
    const largest = Math.max(0, largestOf(early));
    const typical = median(updateRatios(run.trace.probes.filter(({ step }) => step > 0)));
    // A loss that was as large before training did not run away.
    if (hasDiverged({ run, verdict, trend })) {
      return {
        rank: isNumb(run.trace.probes.at(-1), survey) ? "loss blew up, units are dead" : "loss blew up",
        evidence: run.finite
          ? `the loss rose to ${printNumber(trend.highest)} times its start`
          : `after ${run.steps} steps a loss or weight was no longer finite; early steps changed the weights by up to ${percent(largest)}`,
      };
    }
    const rebounds = trend.highest > REBOUND;
    const swings = trend.swing > SWING && typical > LARGE / 5;
    if (largest < LARGE && !rebounds && !swings) return null;
    const evidence = [
      `early steps changed the weights of a layer by up to ${percent(largest)}`,
      ...(rebounds ? [`the loss rose to ${printNumber(trend.highest)} times its start`] : []),
      ...(swings ? [`late in the run the loss still swung by a factor of ${printNumber(trend.swing)}`] : []),
    ].join("; ");
    const strength =
      (largest >= VERY_LARGE ? 2 : largest >= LARGE ? 1 : 0) + (rebounds ? 1 : 0) + (swings ? 1 : 0);
    return { rank: STEPS_TOO_LARGE[Math.min(strength, 4) - 1] as RankName, evidence };
  },
  cures: (config) => [
    scaleLearningRate(config, 0.1),
    scaleLearningRate(config, 0.01),
    useAdam(config),
    clipGradients(config),
    scaleLearningRate(config, 0.001),
  ],
};

/** Whether a layer is dead or saturated at the end, so that no gradient passes through it. */
function isNumb(last: Probe | undefined, survey: Survey): boolean {
  return hasDeadLayer(last) || isSaturated(survey) || survey.layers.at(-1)?.saturated === 1;
}

/** Bound on the relative change of a layer's weights in one of the first steps; healthy runs reached up to 0.15. */
const LARGE = 0.25;
const VERY_LARGE = 0.6;
/** The ranks for one to four signs of too large steps. */
const STEPS_TOO_LARGE: readonly RankName[] = [
  "one sign of too large steps",
  "two signs of too large steps",
  "three signs of too large steps",
  "four signs of too large steps",
];
/** Bound on the highest mean loss of a stretch, over the loss at the start. */
const REBOUND = 3;
/** Bound on the largest loss in the second half of a run, over the smallest. */
const SWING = 6;
