import type { Measured } from "../../learning/measure/measureErrors.ts";
import { targetParts } from "../../learning/subject/parts.ts";
import { type OutputEvaluation, onRows } from "../../learning/training/evaluation.ts";
import { BY_CHANCE } from "../outcome/chanceOfError.ts";
import { errorOfDecisions, WRONG_SIDES } from "../outcome/decisions.ts";
import { FEW_ERRORS } from "../outcome/learntClasses.ts";
import { outputChance } from "../outcome/outputChance.ts";
import { measuredBound, measuredRatio, nameOfRatio } from "../outcome/ownMeasure.ts";
import { learnsDespiteNoise } from "../outcome/verdict.ts";
import { atMost, below, type LawContext, type Measurement } from "./law.ts";

/** Bounds below which examples count as known. */
interface Known {
  /** For numeric targets: mean squared error over the variance of these examples' targets. */
  readonly lossOverVariance: number;
  /** For classes: wrong predictions, divided by those of always predicting the majority class. */
  readonly errorOverPrior: number;
}

/**
 * Measures how well the subject's own run predicts the examples of a rung that failed. If that run has learnt them, the
 * network can learn them, and the rung's training was the problem. A rung trains full batch for hundreds of steps,
 * which does not suit some healthy recipes. Plain gradient descent through a sigmoid takes thousands of steps, and so
 * does a mean absolute error, whose gradient does not shrink near the target. The gradient of two examples is also
 * noisier than that of a batch, so that the first steps can kill a network. Of a run that has learnt all of its examples together,
 * chance alone leaves more of so few.
 *
 * @param indices rows among the examples that the run was judged on.
 * @returns null if the run does not know them.
 */
export async function knownFromOwnRun(
  { run, subject }: LawContext,
  indices: readonly number[],
  threshold: Known,
): Promise<Measurement | null> {
  const { train } = await run();
  const measured = targetParts(subject.train).flatMap((part) => {
    const output = train.outputs[part.index] as OutputEvaluation;
    const own = onRows(output, part, indices);
    const { errorOverPrior, lossOverVariance } = own;
    if (own.measured) return [knownByMeasure(own.measured, threshold, indices.length)];
    const most = part.classification ? threshold.errorOverPrior : threshold.lossOverVariance;
    const value = part.classification ? errorOverPrior : lossOverVariance;
    const what = part.classification ? "wrong classes / those of the commonest class" : "error over variance";
    const of = train.outputs.length === 1 ? "" : ` of ${part.name}`;
    const among = `${of} of ${indices.length} examples in the subject's own run`;
    const ofDecisions = value !== null && value > most ? errorOfDecisions({ ...output, ...own }) : null;
    if (ofDecisions !== null && ofDecisions <= threshold.errorOverPrior)
      return [atMost(ofDecisions, threshold.errorOverPrior, `${WRONG_SIDES}${among}`)];
    const all = part.classification ? output.errorOverPrior : output.lossOverVariance;
    if (value !== null && value > most && all !== null && all <= most) {
      const chance = BY_CHANCE * outputChance({ output: own, part, error: value });
      return [atMost(value, most + chance, `${what}${among}, which has learnt all of them together`)];
    }
    // An output that is the same for all of these examples shows nothing.
    return value === null ? [] : [atMost(value, most, what + among)];
  });
  const failing = measured.find(({ holds }) => !holds);
  return failing ? null : (measured[0] ?? null);
}

function knownByMeasure(own: Measured, threshold: Known, examples: number): Measurement {
  const most = measuredBound(own, threshold.lossOverVariance, threshold.errorOverPrior);
  return atMost(
    measuredRatio(own),
    most,
    `${nameOfRatio(own)} of ${examples} examples in the subject's own run`,
  );
}

/**
 * Measures whether the subject's own run tells two examples apart. The loss threshold is that of the verdict, so the
 * pair is judged no more strictly than the whole run: of two examples with one class each it has to name both, and of the
 * many classes of a mask nearly all. The two examples with the farthest targets of noisy data carry the
 * most noise: a run that has learnt what the noise leaves need not know them.
 */
export async function knownPairFromOwnRun(
  context: LawContext,
  rows: readonly number[],
): Promise<Measurement | null> {
  const { lossOverVariance } = context.thresholds;
  const { finite, train } = await context.run();
  if (learnsDespiteNoise({ finite, train }, context.thresholds)) {
    const own = train.outputs.find(({ measured }) => measured !== null)?.measured;
    const what = own ? nameOfRatio(own) : "error over variance";
    return below(
      own ? measuredRatio(own) : (train.lossOverVariance ?? 0),
      1,
      `${what} in the subject's own run, which learns all that the noise leaves`,
    );
  }
  return knownFromOwnRun(context, rows, { lossOverVariance, errorOverPrior: FEW_ERRORS });
}
