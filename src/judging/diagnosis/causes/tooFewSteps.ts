import { percent } from "../../../foundation/print/printNumber.ts";
import { stillFalls } from "../../evidence/trend.ts";
import type { Cause } from "../cause.ts";
import { scaleSteps } from "../change.ts";
import type { RankName } from "../ranking.ts";
import { hasDiverged, hasNoGradient, isUnderWay, leastMove } from "../signs.ts";

export const tooFewSteps: Cause<"too-few-steps"> = {
  name: "too-few-steps",
  claim: "training ends while there is still much to learn",
  examine({ run, verdict, fails, trend, survey, cutShort }) {
    // Where a budget ended the run, its own steps were not too few.
    if (cutShort) return null;
    if (fails !== "training" || hasDiverged({ run, verdict, trend }) || run.trace.outsideLogarithm)
      return null;
    const isShort = run.steps < VERY_SHORT && !hasNoGradient(survey);
    if (trend.highest > 3 || !(isShort || isUnderWay({ survey, trend }))) return null;
    return {
      rank: rankOf(run.steps),
      evidence: stillFalls(trend)
        ? `the loss was still falling, by ${percent(trend.falling)} over the last eighth of ${run.steps} steps`
        : `${run.steps} steps moved a layer by only ${percent(leastMove(survey))} of its length`,
    };
  },
  cures: (config) =>
    [4, 16, 64]
      .filter((factor) => factor <= 16 || factor * config.training.steps <= FEW)
      .map((factor) => scaleSteps(config, factor)),
};

const SHORT = 300;
const VERY_SHORT = 60;
/** The longest run, in steps, that a cure with 64 times the steps may take. */
const FEW = 10_000;

function rankOf(steps: number): RankName {
  if (steps < VERY_SHORT) return "very few steps";
  return steps < SHORT ? "few steps" : "loss still falls";
}
