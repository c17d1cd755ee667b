import { errorOverPrior } from "../../foundation/numbers/classError.ts";
import { average, columnSquaredErrors, columnVariances } from "../../foundation/numbers/statistics.ts";
import { firstExamples } from "../../learning/subject/examples.ts";
import { farthestPair } from "../rung/farthestExample.ts";
import { NEAR_ZERO } from "../rung/rung.ts";
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
 * @param indices of examples among the first 256.
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

/** Examples from which a pair is asked. */
const FEW = 16;

/** The two of the first few that lie farthest apart; null where the subject's own run does not tell them apart. */
export async function knownPairFromOwnRun(context: LawContext): Promise<Measurement | null> {
  const pair = farthestPair(firstExamples(context.subject.train, FEW));
  return pair && knownFromOwnRun(context, pair, { lossOverVariance: NEAR_ZERO, errorOverPrior: 0 });
}
