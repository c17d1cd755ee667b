import { errorOverPrior } from "../../foundation/numbers/classError.ts";
import { average, columnSquaredErrors, columnVariances } from "../../foundation/numbers/statistics.ts";
import { atMost, type LawContext, type Measurement } from "./law.ts";

/** What counts as known. */
interface Known {
  /** Of numbers: mean squared error over the variance of these examples' targets. */
  readonly lossOverVariance: number;
  /** Of classes: wrong ones over those that naming the commonest gets wrong. */
  readonly errorOverPrior: number;
}

/**
 * Some examples as the subject's own run left them, for a rung that was not climbed: what was learnt among all the
 * others can be learnt. A rung trains full batch and for hundreds of steps, which some healthy recipes are not made for:
 * plain descent behind a sigmoid, or a mean absolute error, whose gradient has one size throughout, takes thousands of
 * steps; and the gradient of two examples does not average out as that of a batch does, so that its first steps can kill
 * a network.
 *
 * @param indices of rows among the examples that the run was judged on.
 * @returns null where they are not known.
 */
export async function knownFromOwnRun(
  { run, subject }: LawContext,
  indices: readonly number[],
  threshold: Known,
): Promise<Measurement | null> {
  const { train } = await run();
  const { outputs, classification } = subject.train;
  const pick = (table: Float32Array) =>
    Float32Array.from(
      indices.flatMap((index) => [...table.subarray(index * outputs, (index + 1) * outputs)]),
    );
  const [predictions, targets] = [pick(train.predictions), pick(train.targets)];
  const most = classification ? threshold.errorOverPrior : threshold.lossOverVariance;
  const measured = classification
    ? errorOverPrior(predictions, targets, outputs)
    : average(columnSquaredErrors(predictions, targets, outputs)) /
      average(columnVariances(targets, outputs));
  if (measured === null || !(measured <= most)) return null;
  const what = classification ? "wrong classes / those of the commonest class" : "error over variance";
  return atMost(measured, most, `${what} of ${indices.length} examples in the subject's own run`);
}

/**
 * Whether the subject's own run tells a pair apart, by the measure of the verdict: it is asked about the same examples as
 * the rung was, and no more strictly than the whole run.
 */
export function knownPairFromOwnRun(
  context: LawContext,
  rows: readonly number[],
): Promise<Measurement | null> {
  const { lossOverVariance } = context.thresholds;
  return knownFromOwnRun(context, rows, { lossOverVariance, errorOverPrior: 0 });
}
