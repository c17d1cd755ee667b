import { percent } from "../../../foundation/print/printNumber.ts";
import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { stillFalls } from "../../evidence/trend.ts";
import { describeTurnedStop } from "../../evidence/turnedStop.ts";
import type { Cause } from "../cause.ts";
import { scaleSteps } from "../change.ts";
import type { RankName } from "../ranking.ts";
import { hasDiverged, hasNoGradient, isUnderWay, leastMove } from "../signs.ts";

export const tooFewSteps: Cause<"too-few-steps"> = {
  name: "too-few-steps",
  claim: "training ends while there is still much to learn",
  // Early stopping the wrong way round is a fault even of a run that has learnt enough.
  silent: true,
  examine({ run, verdict, fails, trend, survey, cutShort, subject }) {
    // Where a budget ended the run, its own steps were not too few.
    if (cutShort) return null;
    const turned = describeTurnedStop(subject, run);
    if (turned !== null) return { rank: "early stopping ends what improves", evidence: turned };
    if (fails !== "training" || hasDiverged({ run, verdict, trend }) || run.trace.outsideLogarithm)
      return null;
    const isShort = run.steps < VERY_SHORT && !hasNoGradient(survey);
    if (trend.highest > 3 || !(isShort || isUnderWay({ survey, trend }))) return null;
    const { earlyStopping } = subject;
    const stopped = earlyStopping && run.steps < subject.steps;
    const end = stopped ? `early stopping ended training after ${run.steps} of ${subject.steps} steps: ` : "";
    return {
      rank: stopped ? "early stopping ends what still learns" : rankOf(run.steps),
      evidence: stillFalls(trend)
        ? `${end}the loss was still falling, by ${percent(Math.max(trend.falling, trend.fallingByEpoch))} over the last eighth of ${run.steps} steps`
        : `${end}${run.steps} steps moved a layer by only ${percent(leastMove(survey))} of its length`,
    };
  },
  cures: (config) => [
    ...withoutStopping(config),
    ...[4, 16, 64]
      .filter((factor) => factor <= 16 || factor * config.training.steps <= FEW)
      .map((factor) => scaleSteps(config, factor)),
  ],
};

/** Trains to the last step, alone or with four times as many. */
function withoutStopping(config: Config): readonly (Change | null)[] {
  const { earlyStopping, steps } = config.training;
  if (!earlyStopping) return [];
  // The definition of a subject may ask for it, so that it is not enough to leave it out.
  const without = { "training.earlyStopping": null };
  return [changeConfig(config, without), changeConfig(config, { ...without, "training.steps": 4 * steps })];
}

const SHORT = 300;
const VERY_SHORT = 60;
/** The longest run, in steps, that a cure with 64 times the steps may take. */
const FEW = 10_000;

function rankOf(steps: number): RankName {
  if (steps < VERY_SHORT) return "very few steps";
  return steps < SHORT ? "few steps" : "loss still falls";
}
