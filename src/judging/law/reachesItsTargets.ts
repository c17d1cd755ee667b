import { isJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import { outputsOf } from "../evidence/targets/outputs.ts";
import { measureReach } from "../evidence/targets/reach.ts";
import { learnsOtherwise } from "../outcome/judgedOutputs.ts";
import { atMost, type Law, NO_PREDICTIONS, notAsked } from "./law.ts";

export const LEAST_REACHED = 0.02;

/** Tolerance, because the bound is computed from all training examples and the error from a sample. */
export const MARGIN = 0.8;

/** If the output activation cannot produce the targets, an error remains that no training removes. */
export const reachesItsTargets: Law = {
  name: "reachesItsTargets",
  claim: "its outputs can become its targets",
  async measure({ run, subject }) {
    const { survey, train } = await run();
    if (survey === null) return notAsked("the run was not surveyed");
    const outputs = outputsOf(subject, survey).filter(({ part }) => !isJudgedByItsLoss(part));
    if (outputs.length === 0) return notAsked(NO_PREDICTIONS);
    const measured = outputs.flatMap((output) => {
      const least = measureReach(output.activation, output.train, output.group).leastLossOverVariance;
      const error = train.outputs[output.part.index]?.lossOverVariance ?? null;
      // If the run's error is below the bound, the bound is wrong: the survey does not see code after the last layer
      // with weights.
      const evaluated = train.outputs[output.part.index];
      if (evaluated?.measured && learnsOtherwise(evaluated)) return [];
      if (least === null || (error !== null && error < MARGIN * least)) return [];
      return [{ least, prefix: output.prefix }];
    });
    const worst = measured.sort((a, b) => b.least - a.least)[0];
    if (!worst) return notAsked("no output has an activation with bounds, or the run passes them");
    return atMost(
      worst.least,
      LEAST_REACHED,
      `${worst.prefix}least mean squared error that the output activation allows / Var(Y)`,
    );
  },
};
