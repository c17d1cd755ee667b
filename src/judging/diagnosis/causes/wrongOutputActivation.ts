import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { findLossMisfit } from "../../evidence/lossFit.ts";
import { measureReach } from "../../evidence/reach.ts";
import { LEAST_REACHED, MARGIN } from "../../law/reachesItsTargets.ts";
import type { Cause } from "../cause.ts";

export const wrongOutputActivation: Cause<"wrong-output-activation"> = {
  name: "wrong-output-activation",
  claim: "the outputs cannot become the targets",
  silent: true,
  examine({ subject, run, survey, fails }) {
    const { outputActivation } = survey;
    const { leastLossOverVariance, obstacle } = measureReach(
      outputActivation,
      subject.train,
      survey.layers.at(-1)?.units,
    );
    const reached = run.train.lossOverVariance ?? Number.POSITIVE_INFINITY;
    const misfit = findLossMisfit(subject, outputActivation);
    if (
      obstacle !== null &&
      (leastLossOverVariance === null ||
        (leastLossOverVariance > LEAST_REACHED && reached >= MARGIN * leastLossOverVariance))
    ) {
      const least =
        leastLossOverVariance === null
          ? ""
          : `: the loss cannot fall below ${percent(leastLossOverVariance)} of Var(Y)`;
      return { rank: "targets are out of reach", evidence: `${obstacle}${least}` };
    }
    if (misfit?.change === "output activation")
      return { rank: "output does not fit the loss", evidence: misfit.reason };
    if (fails === "training" && obstacle !== null)
      return { rank: "targets are hard to reach", evidence: obstacle };
    const output = run.trace.probes.at(-1)?.layers.at(-1);
    if (fails === "training" && output?.deadFraction === 1) {
      return {
        rank: "outputs are dead",
        evidence: `the outputs (${outputActivation}) are 0 on every example, so that no gradient passes them`,
      };
    }
    if (
      fails === "training" &&
      outputActivation !== "softmax" &&
      subject.train.outputs > 1 &&
      areShares(subject.train)
    ) {
      return {
        rank: "outputs should be shares",
        evidence: `the targets of each example sum to 1, the outputs (${outputActivation}) need not`,
      };
    }
    return null;
  },
  cures: async (config) => {
    const { train } = await createSubject(config);
    const head = (outputActivation: string) =>
      changeConfig(config, { "model.outputActivation": outputActivation });
    if (train.outputs > 1 && areShares(train)) return [head("softmax"), head("linear")];
    const isUnit = train.targets.every((target) => target >= 0 && target <= 1);
    return train.classification
      ? [head(train.outputs > 1 ? "softmax" : "sigmoid")]
      : isUnit
        ? [head("linear"), head("sigmoid")]
        : [head("linear")];
  },
};

const ROUNDING = 1e-3;

/** Whether the targets of each example are not negative and sum to 1. */
function areShares({ targets, outputs }: Examples): boolean {
  for (let row = 0; row < targets.length; row += outputs) {
    const own = targets.subarray(row, row + outputs);
    if (Math.abs(own.reduce((sum, target) => sum + target, 0) - 1) > ROUNDING) return false;
    if (own.some((target) => target < 0)) return false;
  }
  return true;
}
