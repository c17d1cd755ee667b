import { isJudgedOffLine } from "../../learning/measure/lineMeasure.ts";
import { targetParts } from "../../learning/subject/parts.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { outputVariances, type VarianceOf } from "../outcome/relativeError.ts";
import { canLearnOneExample } from "../rung/batchStatistics.ts";
import { farthestPair } from "../rung/farthestExample.ts";
import { judgedRows } from "../rung/judgedRows.ts";
import { NEAR_ZERO } from "../rung/rung.ts";
import { knownPairFromOwnRun } from "./knownFromOwnRun.ts";
import { type Law, notAsked } from "./law.ts";
import { type AskedRung, measureRung } from "./measureRung.ts";

/**
 * The first rung proves little by itself, since the output biases alone can memorise one example. It catches an output
 * activation or an optimizer that cannot reach the targets. The law also holds if the subject's own run tells two
 * examples apart.
 */
export const overfitsOne: Law = {
  name: "overfitsOne",
  needsTheEnd: true,
  trains: true,
  claim: "it overfits one example to a loss near zero",
  rung: rungOfOne,
  async measure(context) {
    if (!(await canLearnOneExample(context.subject)))
      return notAsked("its batch normalisation needs several examples");
    if (targetParts(context.subject.train).some((part) => isJudgedOffLine(part) || part.areRelated))
      return notAsked("its loss compares examples with each other, so that one by itself has none");
    const rows = farthestPair(judgedRows(context.subject).examples);
    const measureOwn = rows === null ? undefined : () => knownPairFromOwnRun(context, rows);
    return measureRung(context, rungOfOne(context.subject), measureOwn);
  },
};

function rungOfOne(subject: Subject): AskedRung {
  const variances = outputVariances(subject.train);
  const variance: VarianceOf = (_output, index) => variances[index] as number;
  const { examples, places } = judgedRows(subject);
  const choices = (farthestPair(examples) ?? [0]).map((row) => [places[row] as number]);
  return { choices, variance, threshold: NEAR_ZERO };
}
