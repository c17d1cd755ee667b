import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { LossConfig } from "../../../learning/config/schema.ts";
import type { Loss } from "../../../learning/loss/loss.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { isChangedBehind } from "../../../learning/training/heads.ts";
import { findLossMisfit } from "../../evidence/loss/lossFit.ts";
import { countClassNumbers } from "../../evidence/targets/classNumbers.ts";
import type { Output } from "../../evidence/targets/outputs.ts";
import { measureReach } from "../../evidence/targets/reach.ts";
import { everyGroupSumsToOne } from "../../evidence/targets/sumsToOne.ts";
import { LEAST_REACHED, MARGIN } from "../../law/reachesItsTargets.ts";
import type { Case, Cause, Suspicion } from "../cause.ts";
import { competing, mayHoldSeveralLabels } from "../cure/fittingLoss.ts";
import { outputLayer } from "../places.ts";

export const wrongOutputActivation: Cause<"wrong-output-activation"> = {
  name: "wrong-output-activation",
  claim: "the outputs cannot become the targets",
  silent: true,
  examine(of) {
    for (const output of of.outputs) {
      const suspicion = examineOutput(of, output);
      if (suspicion) return suspicion;
    }
    return null;
  },
  cures: async (config) => {
    const { train, loss } = await createSubject(config);
    if (countClassNumbers(train, loss as LossConfig | Loss) !== null) return [];
    const head = (outputActivation: string) =>
      changeConfig(config, { "model.outputActivation": outputActivation });
    const group = competing(train);
    if (group > 1 && areShares(train.targets, group)) return [head("softmax"), head("linear")];
    const isUnit = train.targets.every((target) => target >= 0 && target <= 1);
    return train.classification
      ? [head(group > 1 && !mayHoldSeveralLabels(train) ? "softmax" : "sigmoid")]
      : isUnit
        ? [head("linear"), head("sigmoid")]
        : [head("linear")];
  },
};

/** Activations that make 0 of every negative score, without a gradient. */
const CUTS_OFF: ReadonlySet<string> = new Set(["relu", "relu6"]);

/** How many classes that the targets name are never told, where the scores of classes are cut off below 0. */
function countUntold({ train }: Case["run"], { part, beforeLink, group }: Output): number {
  const own = train.outputs[part.index];
  if (!own || !part.classification || !CUTS_OFF.has(beforeLink ?? "") || group < 2) return 0;
  const told = new Set(classesOfRows(own.predictions, group));
  return [...new Set(classesOfRows(own.targets, group))].filter((one) => !told.has(one)).length;
}

function examineOutput({ run, survey, fails }: Case, output: Output): Suspicion | null {
  const { activation, train, group, prefix, part } = output;
  const { leastLossOverVariance, obstacle } = measureReach(activation, train, group);
  const reached = run.train.outputs[part.index]?.lossOverVariance ?? Number.POSITIVE_INFINITY;
  const misfit = findLossMisfit(output);
  if (
    obstacle !== null &&
    (leastLossOverVariance === null ||
      (leastLossOverVariance > LEAST_REACHED && reached >= MARGIN * leastLossOverVariance))
  ) {
    const least =
      leastLossOverVariance === null
        ? ""
        : `: the loss cannot fall below ${percent(leastLossOverVariance)} of Var(Y)`;
    return {
      rank: "targets are out of reach",
      evidence: `${prefix}${obstacle}${least}`,
      // No other activation makes a cosine larger than 1: the targets have to come into its reach.
      ...(activation === "cosine" && { remedy: { "data.unitTargets": true } }),
    };
  }
  if (misfit?.change === "output activation")
    return { rank: "output does not fit the loss", evidence: misfit.reason };
  const twice = squeezedTwice(output);
  if (twice) return { rank: "outputs are squeezed twice", evidence: prefix + twice };
  if (fails === "training" && obstacle !== null)
    return { rank: "targets are hard to reach", evidence: prefix + obstacle };
  const layer = outputLayer(survey, part.index)?.layer;
  const probe = run.trace.probes.at(-1)?.layers.find((one) => one.layer === layer);
  if (fails === "training" && probe?.deadFraction === 1) {
    return {
      rank: "outputs are dead",
      evidence: `${prefix}the outputs (${activation}) are 0 on every example, so that no gradient passes them`,
    };
  }
  const untold = fails === "training" ? countUntold(run, output) : 0;
  if (untold > 0)
    return {
      rank: "scores are cut off",
      evidence: `${prefix}the scores that the loss takes pass ${output.beforeLink} first, which makes 0 of every negative one and passes no gradient there; ${untold} of ${group} classes are never told`,
      remedy: { "model.outputActivation": "linear" },
    };
  if (
    fails === "training" &&
    activation !== "softmax" &&
    !isChangedBehind(activation) &&
    group > 1 &&
    areShares(train.targets, group)
  ) {
    return {
      rank: "outputs should be shares",
      evidence: `${prefix}the targets of each example sum to 1, the outputs (${activation}) need not`,
    };
  }
  return null;
}

/** What a sigmoid gives for 0. */
const MIDDLE = 0.5;
const BETWEEN_0_AND_1 = /^(softmax|sigmoid|hardSigmoid)$/i;

const NEVER_NEGATIVE = /^(relu6?|softplus)$/i;
/** Fewer targets than this share below the middle may be wrong labels. */
const MANY_BELOW = 0.02;

/**
 * A second softmax or sigmoid sees numbers from 0 to 1 alone, so that its own outputs hardly differ; a sigmoid of numbers that
 * are never negative stays above its middle.
 */
function squeezedTwice({ earlier, beforeLink, activation, train }: Output): string | null {
  const first = earlier ?? beforeLink;
  if (first !== null && NEVER_NEGATIVE.test(first) && /^(hard)?sigmoid$/i.test(activation)) {
    const below = train.targets.filter((target) => target < MIDDLE).length / train.targets.length;
    return below < MANY_BELOW
      ? null
      : `the outputs pass ${first} and then ${activation}, which is never below 0.5 for numbers that are not negative, and ${percent(below)} of the targets are`;
  }
  if (earlier === null || !BETWEEN_0_AND_1.test(earlier) || !BETWEEN_0_AND_1.test(activation)) return null;
  return `the outputs pass ${earlier} and then ${activation}: the second is given numbers from 0 to 1 alone, so that its outputs hardly differ`;
}

/** Whether the targets that may compete are not negative and sum to 1. */
function areShares(targets: Float32Array, group: number): boolean {
  return everyGroupSumsToOne(targets, group) && targets.every((target) => target >= 0);
}
