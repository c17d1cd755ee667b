import { errorOverPrior } from "../training/classError.ts";
import type { Evaluation } from "../training/evaluation.ts";
import { average, columnSquaredErrors, columnVariances } from "../training/statistics.ts";
import type { Law, LawContext, Measurement } from "./law.ts";
import { climb } from "./overfitting.ts";
import { FEW_ERRORS } from "./verdict.ts";

const RUNG = 16;

/**
 * Mean squared error over the variance of the rung's targets: a constant scores 1, a bottleneck of one
 * unit 0.39. Reached in 312 of 312 healthy runs (12 configs, 26 seeds each) after at most 150 steps.
 */
const NEARLY_ALL = 0.05;

/**
 * A higher rung: more examples than a few lucky units can hold.
 *
 * It holds as well where the subject's own run has learnt these examples among all the others: plain descent behind a
 * sigmoid, or a mean absolute error, whose gradient has one size throughout, can learn thousands in thousands of steps
 * and miss the mark on sixteen in the few hundred of a rung.
 */
export const climbs: Law = {
  name: "climbs",
  trains: true,
  claim: `it memorises ${RUNG} examples`,
  async measure(context) {
    const count = Math.min(RUNG, context.subject.train.count);
    if (count < 3) return null;
    const indices = Array.from({ length: count }, (_, index) => index);
    const variance = ({ targetVariance }: Evaluation) => targetVariance || 1;
    const rung = await climb(context, { choices: [indices], variance, threshold: NEARLY_ALL });
    return rung.holds ? rung : ((await knownFromOwnRun(context, count)) ?? rung);
  },
};

/** The first `count` examples as the subject's own run left them, if it knows them by the measure of the verdict. */
async function knownFromOwnRun(
  { run, subject, thresholds }: LawContext,
  count: number,
): Promise<Measurement | null> {
  const { train } = await run();
  const { outputs, classification } = subject.train;
  const [predictions, targets] = [train.predictions, train.targets].map((table) =>
    table.subarray(0, count * outputs),
  ) as [Float32Array, Float32Array];
  const threshold = classification ? FEW_ERRORS : thresholds.lossOverVariance;
  const measured = classification
    ? errorOverPrior(predictions, targets, outputs)
    : average(columnSquaredErrors(predictions, targets, outputs)) /
      average(columnVariances(targets, outputs));
  if (measured === null || !(measured < threshold)) return null;
  return {
    measured,
    threshold,
    bound: "<",
    holds: true,
    detail: `${classification ? "wrong classes / those of the commonest class" : "error over variance"} of the first ${count} examples in the subject's own run`,
  };
}
